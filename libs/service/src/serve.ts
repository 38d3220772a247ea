import 'reflect-metadata';
import { Catch, Module, type ArgumentsHost, type DynamicModule, type ExceptionFilter, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Parts } from './contents.ts';
import { ChangesController } from './controllers/changes.ts';
import { endStreams } from './controllers/event-stream.ts';
import { addDocuments } from './documents/serve-documents.ts';
import type { Following } from './following.ts';
import { ReadQuery } from './http/pipes.ts';
import { createServer, sendProblem, type Log, type SeenRoute } from './http/server.ts';
import { authenticator, seeingAs, type Identity } from './identity/authenticate.ts';
import { addHealth } from './operations/health.ts';
import { jsonLog } from './operations/log.ts';
import { Metrics } from './operations/metrics.ts';
import { RUNNING, type Running } from './tokens.ts';

export type ServeOptions = {
  /** Service modules, made by `service()`. */
  modules: Type[];
  /** How each of them runs here, by its name. */
  running: ReadonlyMap<string, Running>;
  identity: Identity;
  /** 0: any free port; undefined: no socket at all, for tests that inject requests. */
  port?: number;
  host?: string;
  log?: Log;
  /** Controllers of this process itself (sign-in, pages), outside of any service; under `/api/v1` like the others. */
  controllers?: Type[];
  /** What those controllers need. */
  providers?: Provider[];
  /** For the documents: what their addresses answer. */
  answers?: Parts['answers'];
  /** Adds plain routes (sign-in pages, files) to the server, before it is ready. */
  extend?: (fastify: FastifyInstance) => void | Promise<void>;
  /** Addresses without a token besides those of the kit: `/sign-in/*`. */
  open?: string[];
  trustProxy?: string[];
  now?: () => number;
  /** What goes on in the background, in the order in which it is to start: publishers, then whatever consumes. It ends when the server does. */
  following?: readonly Following[];
};

export type App = {
  /** Where it listens; undefined without a port. */
  url: string | undefined;
  fastify: FastifyInstance;
  nest: NestFastifyApplication;
  routes: readonly SeenRoute[];
  metrics: Metrics;
  /** No new requests, running ones finish, streams end. The engines are their owner's to close, afterwards. */
  close(): Promise<void>;
};

@Module({})
class Root {}

/** Starts one server for one service or many: everything under `/api/v1`, documents under `/api`, health beside. */
export async function serve(options: ServeOptions): Promise<App> {
  const log = options.log ?? jsonLog();
  const metrics = new Metrics();
  const { adapter, routes } = createServer({
    authenticate: authenticator(options.identity, options.now),
    seeAs: (caller, user, method) => seeingAs(caller, user, method, options.identity.access),
    log,
    metrics,
    open: options.open,
    trustProxy: options.trustProxy,
  });
  const own = [ChangesController, ...(options.controllers ?? [])];
  const root: DynamicModule = {
    module: Root,
    global: true,
    imports: options.modules,
    controllers: own,
    providers: [{ provide: RUNNING, useValue: options.running }, ...(options.providers ?? [])],
    exports: [RUNNING],
  };
  const nest = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, bodyParser: false, abortOnError: false });
  nest.setGlobalPrefix('api/v1');
  nest.useGlobalPipes(new ReadQuery());
  nest.useGlobalFilters(new Problems(log));
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  addHealth(fastify, options.running, metrics);
  addDocuments(fastify, options.modules, [{ service: 'rapport', controllers: own, answers: options.answers }]);
  await options.extend?.(fastify);
  await nest.init();
  await fastify.ready();
  if (options.following) {
    const { FollowingStrategy } = await import('./following.ts');
    nest.connectMicroservice({ strategy: new FollowingStrategy(options.following) });
    try {
      await nest.startAllMicroservices();
    } catch (error) {
      await nest.close();
      throw error;
    }
  }
  let url: string | undefined;
  if (options.port !== undefined) url = await fastify.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  return {
    url,
    fastify,
    nest,
    routes,
    metrics,
    async close() {
      endStreams(fastify);
      await nest.close();
      metrics.close();
    },
  };
}

@Catch()
class Problems implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (!reply.sent && !reply.raw.headersSent) void sendProblem(error, http.getRequest<FastifyRequest>(), reply, this.log);
    else
      this.log.error(
        {
          requestId: http.getRequest<FastifyRequest>().id,
          error: error instanceof Error ? `${error.name}: ${error.stack ?? ''}` : typeof error,
        },
        'an answer broke off',
      );
  }
}
