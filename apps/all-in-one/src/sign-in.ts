import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messagePage, passwordFault, welcomePage, type Issuer } from '#apps/workspace';
import { Problem } from '#service';

export type WelcomeDesk = {
  /** @returns whether the link is good: ours, in time, not used */
  check(token: string): Promise<boolean>;
  /** Makes the administrator and uses the link up. @throws Problem when something is wrong with what was typed */
  begin(token: string, chosen: { name: string; email: string; password: string }): Promise<void>;
};

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
};
const page = (reply: FastifyReply, status: number, html: string) => reply.code(status).headers(HEADERS).send(html);

/** Signing in and the first run: the plain pages there are until the web pages come. */
export async function addPages(fastify: FastifyInstance, issuer: Issuer, desk: WelcomeDesk, url: string): Promise<void> {
  await fastify.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.get('/welcome', async (request, reply) => {
      const token = tokenOf(request);
      return (await desk.check(token)) ? page(reply, 200, welcomePage({ token })) : page(reply, 410, spent());
    });
    forms.post('/welcome', async (request, reply) => {
      const { token = '', name = '', email = '', password = '', begin = 'empty' } = (request.body ?? {}) as Record<string, string>;
      if (!(await desk.check(token))) return page(reply, 410, spent());
      const fault =
        name.trim() === '' ? 'Say your name.' : passwordFault(password) ? `The password ${passwordFault(password)}.` : undefined;
      if (fault) return page(reply, 400, welcomePage({ token, fault, email }));
      try {
        await desk.begin(token, { name: name.trim(), email: email.trim(), password });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return page(reply, 400, welcomePage({ token, fault: error.detail, email }));
      }
      return page(reply, 200, next(begin, url));
    });
    const interact = (request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      const body = request.method === 'POST' ? ((request.body ?? {}) as Record<string, string>) : undefined;
      issuer.interaction(request.raw, reply.raw, body, request.ip).catch(() => {
        if (!reply.raw.headersSent) reply.raw.writeHead(500);
        reply.raw.end();
      });
    };
    forms.get('/oidc/sign-in/:uid', interact);
    forms.post('/oidc/sign-in/:uid', interact);
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

const tokenOf = (request: FastifyRequest): string => {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' ? token : '';
};
const spent = () =>
  messagePage('This link is no longer good', [
    'It can be used once, within 15 minutes. Whoever can read the data folder makes another: <code>./rapport token --welcome</code>',
  ]);

function next(begin: string, url: string): string {
  const docs = `The interface is described at <a href="/api/docs">${url}/api/docs</a>. A token to try it with: <code>./rapport token</code>`;
  const words: Record<string, string> = {
    sample: 'Load the sample data, a computer seller’s 8,800 deals: <code>./rapport demo</code>',
    import: 'Load your own files: <code>./rapport import accounts FILE.csv</code> (also contacts, products, users, opportunities)',
  };
  return messagePage('Ready', [...(words[begin] ? [words[begin]] : ['There is nothing here yet; everything you add is kept.']), docs]);
}
