import type { FastifyInstance } from 'fastify';
import { invalid, Problem, type FieldProblem } from '#service';
import type { Issuer } from './issuer.ts';
import { passwordFault } from './passwords.ts';

export type Chosen = { name: string; email: string; password: string; language?: string };
export type WelcomeDesk = {
  /** @returns whether the link is good: ours, in time, not used */
  check(token: string): Promise<boolean>;
  /** Makes the administrator and uses the link up. @throws Problem when something is wrong with what was typed */
  begin(token: string, chosen: Chosen): Promise<void>;
};

/** Somebody who was given a link to choose a password by. */
export type Invited = { userId: string; invitationId: string; name: string; email: string; language?: string };
export type JoinDesk = {
  /** @returns whose link it is; undefined when it was used, taken back or replaced, is too old or not ours, or theirs who may not sign in */
  find(token: string): Promise<Invited | undefined>;
  /** Sets the password and uses the link up. @throws Problem 409 when it is no longer good */
  join(invited: Invited, password: string): Promise<void>;
};

/** The addresses of signing in, of the first run and of those who were invited, which need no token. */
export const SIGN_IN_OPEN = ['/api/welcome', '/api/join', '/oidc/*', '/oidc/sign-in/:uid'];

/** Signing in, and what the pages of the first run and of joining ask. */
export async function addSignIn(
  fastify: FastifyInstance,
  { issuer, welcome, join }: { issuer: Issuer; welcome: WelcomeDesk; join: JoinDesk },
): Promise<void> {
  fastify.get('/api/welcome', async (request) => {
    await mustBeGood(welcome, tokenOf(request.query));
    return { good: true };
  });
  fastify.post('/api/welcome', async (request, reply) => {
    const body = request.body;
    const token = tokenOf(body);
    await mustBeGood(welcome, token);
    await welcome.begin(token, chosenOf(body));
    return reply.code(201).send({ done: true });
  });
  fastify.get('/api/join', async (request) => {
    const { name, email, language } = await invited(join, tokenOf(request.query));
    return { name, email, language };
  });
  fastify.post('/api/join', async (request, reply) => {
    const found = await invited(join, tokenOf(request.body));
    const { password } = request.body as { password?: unknown };
    const fault = faultOf(password);
    if (fault) throw invalid([{ field: 'password', problem: fault }]);
    await join.join(found, password as string);
    return reply.code(201).send({ done: true });
  });
  await fastify.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.route({
      method: ['GET', 'POST'],
      url: '/oidc/sign-in/:uid',
      handler: (request, reply) => {
        reply.hijack();
        const body = request.method === 'POST' ? ((request.body ?? {}) as Record<string, string>) : undefined;
        issuer.interaction(request.raw, reply.raw, body, request.ip).catch(() => {
          if (!reply.raw.headersSent) reply.raw.writeHead(500);
          reply.raw.end();
        });
      },
    });
  });
  await fastify.register(async (oidc) => {
    oidc.removeAllContentTypeParsers();
    // The issuer reads bodies itself.
    oidc.addContentTypeParser('*', (_request, _payload, done) => done(null));
    oidc.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: '/oidc/*',
      handler: (request, reply) => {
        reply.hijack();
        const raw = request.raw as typeof request.raw & { originalUrl?: string };
        raw.originalUrl = raw.url;
        raw.url = raw.url!.slice('/oidc'.length) || '/';
        issuer.handle(raw, reply.raw);
      },
    });
  });
}

const tokenOf = (from: unknown): string => {
  const { token } = (from ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : '';
};

/** @throws Problem 410 when the link has been used, is too old or not ours */
async function mustBeGood(desk: WelcomeDesk, token: string): Promise<void> {
  if (!(await desk.check(token)))
    throw new Problem(410, 'link-spent', 'The link can be used once, within 15 minutes. Whoever can read the data folder makes another.', {
      command: './rapport token --welcome',
    });
}

/** @throws Problem 410 when the link is no longer good */
async function invited(door: JoinDesk, token: string): Promise<Invited> {
  const found = await door.find(token);
  if (!found) throw new Problem(410, 'invitation-spent', 'This link is no longer good. Whoever made it can make another.');
  return found;
}

const faultOf = (password: unknown): string | undefined => (typeof password === 'string' ? passwordFault(password) : 'is missing');

/** @throws Problem 400 naming each field that is missing or will not do */
function chosenOf(body: unknown): Chosen {
  const { name, email, password, language } = (body ?? {}) as Record<string, unknown>;
  const found: FieldProblem[] = [];
  if (typeof name !== 'string' || name.trim() === '') found.push({ field: 'name', problem: 'is missing' });
  if (typeof email !== 'string' || email.trim() === '') found.push({ field: 'email', problem: 'is missing' });
  const fault = faultOf(password);
  if (fault) found.push({ field: 'password', problem: fault });
  if (language !== undefined && typeof language !== 'string') found.push({ field: 'language', problem: 'is no language', hint: 'en' });
  if (found.length > 0) throw invalid(found);
  const typed = { name, email, password } as Chosen;
  return {
    name: typed.name.trim(),
    email: typed.email.trim(),
    password: typed.password,
    ...(language === undefined ? {} : { language: language as string }),
  };
}
