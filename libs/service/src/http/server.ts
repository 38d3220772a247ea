import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { formatPosition, inContext, Problem } from '#runtime';
import type { Caller } from '../identity/authenticate.ts';
import type { Metrics } from '../operations/metrics.ts';
import { shape } from './answers.ts';
import { parseJson } from './json-body.ts';
import { bodyOf, PROBLEM_JSON, toProblem } from './problems.ts';
import { contextOf } from './request-context.ts';

export const BODY_LIMIT = 1024 * 1024;
export const BULK_LIMIT = 5 * 1024 * 1024;

/** Routes that answer without a token; everything else needs one. A test walks all routes against this list. */
export const PUBLIC: ReadonlySet<string> = new Set([
  '/health/live',
  '/health/ready',
  '/metrics',
  '/api/openapi.json',
  '/api/docs',
  '/api/asyncapi.json',
  '/api/events/schemas/:type/:version',
]);

export type Log = { info: (about: object, message: string) => void; error: (about: object, message: string) => void };

export type ServerOptions = {
  authenticate: (header: string | undefined) => Caller | Promise<Caller>;
  /** The caller as `Rapport-As` wants to see. */
  seeAs: (caller: Caller, user: string, method: string) => Promise<Caller>;
  log: Log;
  metrics: Metrics;
  /** Further routes without a token (sign-in, pages), as `url` patterns or prefixes ending in `/*`. */
  open?: readonly string[];
  /** Addresses of proxies to believe; none unless told. */
  trustProxy?: string[];
};

export type SeenRoute = { method: string; url: string; public: boolean };

/** The HTTP server: limits, strict bodies, the request's context, problems. Nest's controllers are mounted on it. */
export function createServer(options: ServerOptions): { adapter: FastifyAdapter; routes: SeenRoute[] } {
  const adapter = new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // How long a connection may be silent: an answer to long work, an import taken back, begins when it is done. Whoever is slow to ask meets the limits below.
    connectionTimeout: 15 * 60_000,
    // A file of a gigabyte may come over a slow line; who sends it is known before its first byte is read.
    requestTimeout: 15 * 60_000,
    keepAliveTimeout: 65_000,
    return503OnClosing: true,
    // A HEAD would run the handler whole, and a stream's would never end.
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 300, caseSensitive: true, ignoreTrailingSlash: false },
    http: { maxHeaderSize: 16 * 1024, headersTimeout: 20_000 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => void sendProblem(error, request, reply, options.log),
  } as ConstructorParameters<typeof FastifyAdapter>[0]); // `http` and `frameworkErrors` depend on the server's kind, which the union hides
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes: SeenRoute[] = [];
  fastify.addHook('onRoute', (route: RouteOptions) => {
    if (route.url.endsWith('/bulk')) route.bodyLimit = BULK_LIMIT;
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, public: isPublic(route.url, options.open) });
  });
  // Nest's own filter sees what its controllers throw; this one sees the rest: plain routes and hooks. Nest would put its own in its place.
  adapter.setErrorHandler = () => adapter.getInstance();
  fastify.setErrorHandler((error, request, reply) => void sendProblem(error, request, reply, options.log));
  takeBodies(fastify);
  addContext(fastify, options);
  fastify.addHook('preSerialization', (_request, reply, payload, done) => done(null, shape(reply, payload)));
  fastify.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer').header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    done(null, payload);
  });
  const timers = new Map<string, (seconds: number) => void>();
  const timerOf = (method: string, route: string, status: number) => {
    const key = `${method} ${route} ${status}`;
    let timer = timers.get(key);
    if (!timer)
      timers.set(
        key,
        (timer = options.metrics.timer('rapport_http_duration_seconds', 'Time from request to answer', {
          method,
          route,
          status: String(status),
        })),
      );
    return timer;
  };
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    timerOf(method, route, reply.statusCode)(reply.elapsedTime / 1000);
    if (!isQuiet(route))
      options.log.info(
        {
          requestId: request.id,
          method,
          route,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          tenant: callers.get(request)?.tenant,
        },
        'request',
      );
    done();
  });
  return { adapter: adapter as unknown as FastifyAdapter, routes };
}

/** Answers an error as a problem. What is our own fault is logged with its stack under the request's id; the client sees the id alone. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500)
    log.error(
      {
        requestId: request.id,
        code: problem.code,
        error: error instanceof Error ? `${error.name}: ${problem.status === 500 ? (error.stack ?? '') : error.message}` : typeof error,
      },
      'problem',
    );
  if (problem.more.retryAfter !== undefined) reply.header('retry-after', String(problem.more.retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="rapport"');
  for (const name of ['etag', 'location', 'rapport-position', 'rapport-next', 'link']) reply.removeHeader(name);
  if (problem.more.readAfter) reply.header('rapport-position', formatPosition(problem.more.readAfter));
  return reply
    .code(problem.status)
    .header('content-type', PROBLEM_JSON)
    .send(JSON.stringify(bodyOf(problem, request.id)));
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Who asks is settled before a byte of the body is read; the rest of the context is made when the body is there, for it must hold across the handler. */
function addContext(fastify: FastifyInstance, options: ServerOptions): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.is404 || isPublic(request.routeOptions.url ?? '', options.open)) return done();
    const as = request.headers['rapport-as'];
    let caller: Caller | Promise<Caller>;
    try {
      caller = options.authenticate(request.headers.authorization);
      if (typeof as === 'string') caller = Promise.resolve(caller).then((real) => options.seeAs(real, as, request.method));
    } catch (error) {
      return done(error as Error);
    }
    if (!(caller instanceof Promise)) return (callers.set(request, caller), done());
    caller.then((found) => (callers.set(request, found), done()), done);
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    const caller = callers.get(request);
    if (!caller) return done();
    let context;
    try {
      const query = request.url.indexOf('?');
      context = contextOf(caller, `${request.method} ${query === -1 ? request.url : request.url.slice(0, query)}`, request.headers, reply);
    } catch (error) {
      return done(error as Error);
    }
    inContext(context, done);
  });
}

/** JSON, and nothing else, but files where files are expected: those pass unread, as a stream. */
function takeBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset=("?)([^";\s]+)\1/i.exec(request.headers['content-type'] ?? '')?.[2];
    if (charset && !/^utf-?8$/i.test(charset)) return done(new Problem(415, 'unsupported-media-type', 'Send JSON as UTF-8.'));
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  // What browsers call a CSV file depends on what else is installed beside them.
  fastify.addContentTypeParser(
    ['text/csv', 'text/plain', 'text/tab-separated-values', 'application/vnd.ms-excel'],
    (request, payload, done) => {
      if (isUpload(request.routeOptions.url ?? '')) return done(null, payload);
      done(new Problem(415, 'unsupported-media-type', 'Send application/json.', { accepts: ['application/json'] }));
    },
  );
}

const isUpload = (url: string) => url.endsWith('/imports');
const isQuiet = (url: string) => url.startsWith('/health') || url === '/metrics';

export function isPublic(url: string, open: readonly string[] = []): boolean {
  return PUBLIC.has(url) || open.some((one) => (one.endsWith('/*') ? url.startsWith(one.slice(0, -1)) : one === url));
}
