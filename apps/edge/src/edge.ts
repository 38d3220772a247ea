import replyFrom from '@fastify/reply-from';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { MODULES, OWN_DOCUMENT } from '#apps/all-in-one';
import { addDocuments, addWeb, bodyOf, endStreams, giveBackWhenQuiet, jsonLog, Problem, PROBLEM_JSON, type Log } from '#service';
import { mergeChanges } from './changes.ts';
import { addDemo } from './demo.ts';
import { OF_WORKSPACE, routeTable, serviceOf } from './routes.ts';

export type EdgeOptions = {
  /** Where each service answers. */
  services: Record<string, string>;
  port: number;
  host: string;
  trustProxy: string[];
  /** Where the built pages lie, and the sample data. */
  web: string;
  samples: string;
  log?: Log;
};

/** Taking back an import of many thousand rows is one request; its answer begins when it is done. */
const LONGEST_WORK = 15 * 60_000;

const unreachable = (service: string) =>
  new Problem(503, 'service-unavailable', `The service ${service} cannot be reached at the moment.`, { retryAfter: 1 });

/**
 * What stands in front of services that run apart: one address for all of them, the pages, the documents, and one stream of what moved anywhere. It keeps
 * nothing and decides nothing; whoever has an ingress of their own takes its table of routes instead.
 */
export async function openEdge({ services, port, host, trustProxy, web, samples, log = jsonLog() }: EdgeOptions) {
  const fastify = Fastify({
    logger: false,
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    bodyLimit: 2 ** 31,
    forceCloseConnections: true,
  });
  const table = routeTable(MODULES);
  const sent = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    if (problem.more.retryAfter !== undefined) reply.header('retry-after', String(problem.more.retryAfter));
    return reply
      .code(problem.status)
      .header('content-type', PROBLEM_JSON)
      .send(JSON.stringify(bodyOf(problem, request.id)));
  };
  fastify.removeAllContentTypeParsers();
  // Bodies pass as they come, unread.
  fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  fastify.setErrorHandler((error, request, reply) => {
    if (error instanceof Problem) return sent(error, request, reply);
    log.error({ requestId: request.id, error: (error as Error).name }, 'problem');
    return sent(new Problem(500, 'internal', 'Something went wrong on our side.'), request, reply);
  });
  await fastify.register(replyFrom, {
    undici: { connections: 128, pipelining: 1, bodyTimeout: 0, headersTimeout: LONGEST_WORK },
    disableRequestLogging: true,
  });

  const pass = (service: string) => (request: FastifyRequest, reply: FastifyReply) =>
    reply.from(`${services[service]}${request.raw.url}`, {
      rewriteRequestHeaders: (_, headers) => ({
        ...headers,
        // The issuer makes its addresses from how it was asked.
        host: request.headers.host ?? '',
        'x-forwarded-for': request.ip,
        'x-forwarded-host': request.headers.host ?? '',
        'x-forwarded-proto': request.protocol,
      }),
      onError: (to) => void sent(unreachable(service), request, to as FastifyReply),
    });

  for (const path of OF_WORKSPACE) for (const one of [path, `${path}/*`]) fastify.all(one, pass('workspace'));
  fastify.all('/api/v1/*', (request, reply) => {
    const service = serviceOf(table, request.url);
    if (!service) return sent(new Problem(404, 'not-found', 'There is nothing at this address.'), request, reply);
    return pass(service)(request, reply);
  });
  fastify.get('/api/v1/changes', (request, reply) => mergeChanges(services, request, reply));
  addDemo(fastify, { own: `http://127.0.0.1:${port}`, workspace: services.workspace!, samples });
  addDocuments(fastify, MODULES, [OWN_DOCUMENT]);
  fastify.get('/health/live', async () => ({ status: 'live' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const waiting = await notReady(services);
    if (waiting.length > 0) reply.code(503).header('retry-after', '1');
    return { status: waiting.length > 0 ? 'waiting' : 'ready', ...(waiting.length > 0 ? { waiting } : {}) };
  });
  await addWeb(fastify, web);
  const stopGivingBack = giveBackWhenQuiet();
  const url = await fastify.listen({ port, host });
  return {
    url,
    async close() {
      stopGivingBack();
      endStreams(fastify);
      await fastify.close();
    },
  };
}

async function notReady(services: Record<string, string>): Promise<{ name: string; reason: string }[]> {
  const found = await Promise.all(
    Object.entries(services).map(async ([name, address]) => {
      const answer = await fetch(new URL('/health/ready', address), { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      return answer?.ok ? [] : [{ name, reason: answer ? 'is not ready' : 'cannot be reached' }];
    }),
  );
  return found.flat();
}
