import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { embeddedBus } from '#engines/event-bus';
import { openSpans, type SpanStore } from '#engines/figures';
import { sqliteEventStore, type EventStore } from '#engines/event-store';
import { openFiles } from '#engines/files';
import { openReadModels, type ReadModels } from '#engines/read-models';
import { openVaultFile } from '#engines/vault';
import { newUuidV7 } from '#model';
import { openSealer, sealedFiles } from '#privacy';
import {
  Batches,
  followSpans,
  Freshness,
  openProjector,
  openRuntime,
  openUndo,
  streamsOfLogs,
  type Engines,
  type Permissions,
  type Projector,
  type RequestContext,
  type Runtime,
} from '#runtime';
import type { ApiKey } from '../identity/authenticate.ts';
import { permissionsOf, type Role, type Team } from '../identity/permissions.ts';
import { DEFAULT_ROLES } from '../identity/roles.ts';
import { contentsOf, importablesOf } from '../contents.ts';
import { partsOf } from '../parts.ts';
import { serve, type App, type ServeOptions } from '../serve.ts';
import { operationsOf } from '../operations/operations-of.ts';
import type { Running } from '../tokens.ts';

export type TestOptions = {
  teams?: Team[];
  /** Besides the usual ones. */
  roles?: Role[];
  /** Milliseconds since 1970; the real time unless told. */
  clock?: () => number;
  /** Who may do what, where a test has its own idea; else roles and teams as `as()` names them. */
  access?: ServeOptions['identity']['access'];
  controllers?: Type[];
  zone?: string;
  country?: string;
  /** Where a service keeps its views; in SQLite unless told. */
  models?: (service: string) => Promise<ReadModels>;
};

/** An answer as a test looks at it: parsed when it is JSON. */
export type Answer = { status: number; body: any; text: string; headers: Record<string, string | number | string[] | undefined> };
type Headers = Record<string, string>;

/** Somebody who asks. Reads wait for what any client of the app has written (`Rapport-After`). Paths are under `/api/v1` unless they begin with `/api` or `/health`. */
export type Client = {
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  delete(path: string, headers?: Headers): Promise<Answer>;
  /** What goes into `Authorization`, for requests that a test makes by itself. */
  authorization: string;
};

export type TestApp = {
  app: App;
  running: ReadonlyMap<string, Running>;
  runtime(service: string): Runtime;
  projector(service: string): Projector;
  /** A user; seller unless other roles are named, of the tenant `acme` unless another is. */
  as(user: string, how?: { roles?: string[]; tenant?: string }): Client;
  /** The context of a system command, for tests that go past HTTP. */
  system(tenant?: string): RequestContext;
  /** Resolves when every view has seen everything. */
  settled(): Promise<void>;
  /** The folder with all files. */
  folder: string;
  close(): Promise<void>;
};

const TENANT = 'acme';

/** Services on real embedded engines in a folder of their own, on one thread, without a socket. */
export async function testApp(modules: Type | Type[], options: TestOptions = {}): Promise<TestApp> {
  const list = [modules].flat();
  const folder = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  const clock = options.clock ?? Date.now;
  const contents = list.map((module) => contentsOf(partsOf(module)));
  const logs: Record<string, EventStore> = {};
  for (const log of new Set(contents.flatMap((parts) => parts.logs)))
    logs[log] = sqliteEventStore({ log, file: join(folder, `${log}.log.sqlite`) });
  const bus = embeddedBus(logs, { gather: 0 });
  const vault = openVaultFile(join(folder, 'vault.sqlite'), { masterKey: randomBytes(32) });
  const running = new Map<string, Running>();
  const working = new Set<Promise<unknown>>();
  const trouble: unknown[] = [];
  const projectors = new Map<string, Projector>();
  const stores: SpanStore[] = [];
  for (const parts of contents) {
    const models = (await options.models?.(parts.service)) ?? openReadModels(join(folder, `${parts.service}.views.sqlite`));
    const engines: Engines = {
      log: logs[parts.service]!,
      models,
      bus,
      vault,
      sealer: openSealer({ vault, clock }),
      clock,
      tenants: { zone: () => options.zone ?? 'UTC', country: () => options.country, checkCustom: () => [] },
    };
    const runtime = await openRuntime(parts, engines, systemContext);
    const projector = openProjector(parts, engines, { onApplied: (applied) => runtime.freshness.applied(applied) });
    await projector.start();
    projectors.set(parts.service, projector);
    const specs = partsOf(list.find((module) => partsOf(module).service === parts.service)!).spans;
    const spans = specs && (await openSpans(':memory:'));
    const freshness = new Freshness(parts.logs.filter((log) => log !== parts.service));
    if (spans) {
      stores.push(spans);
      await followSpans({
        store: spans,
        specs,
        bus,
        streams: streamsOfLogs(logs),
        sealer: openSealer({ vault, clock, grant: 'none' }),
        onApplied: (applied) => freshness.applied(applied),
      });
    }
    running.set(parts.service, {
      ...(spans ? { spans: { ask: spans.ask, freshness } } : {}),
      runtime,
      operations: operationsOf(projector, runtime),
      undo: openUndo(runtime),
    });
  }
  const sealedUploads = sealedFiles(openFiles(join(folder, 'imports')), vault);
  for (const module of list) {
    const named = partsOf(module);
    const own = running.get(named.service)!;
    if (!named.columns) continue;
    const batches = new Batches({
      runtime: own.runtime,
      files: sealedUploads,
      resources: importablesOf(named),
      access: (tenant, user) => (options.access ?? access)(tenant, user),
      heads: () => Promise.all(own.runtime.parts.logs.map(async (log) => ({ log, partition: 0, position: await logs[log]!.head() }))),
    });
    own.imports = {
      batches,
      begin: (tenant, id) => {
        const work = batches.work(tenant, id).catch((error: unknown) => trouble.push(error));
        working.add(work);
        void work.then(() => working.delete(work));
      },
    };
  }
  const people = new Map<string, { tenant: string; user: string; roles: string[] }>();
  const access = (tenant: string, user: string): Permissions | undefined => {
    const person = people.get(`${tenant}/${user}`);
    return person && permissionsOf([...DEFAULT_ROLES, ...(options.roles ?? [])], options.teams ?? [], { id: user, roles: person.roles });
  };
  const keys = new Map<string, ApiKey>();
  const app = await serve({
    modules: list,
    running,
    identity: { issuers: [], access: options.access ?? access, lookup: (hash) => keys.get(hash) },
    log: { info: () => {}, error: (about) => process.stderr.write(`${JSON.stringify(about)}\n`) },
    controllers: options.controllers,
  });

  const positions = new Map<string, string>();
  const as = (user: string, how: { roles?: string[]; tenant?: string } = {}): Client => {
    const tenant = how.tenant ?? TENANT;
    const roles = how.roles ?? ['seller'];
    people.set(`${tenant}/${user}`, { tenant, user, roles });
    const secret = `rpk_${Buffer.from(JSON.stringify([tenant, user, roles])).toString('base64url')}`;
    keys.set(createHash('sha256').update(secret).digest('hex'), { tenant, user, scopes: [{ can: ['*'], on: ['*'], reach: 'all' }] });
    const authorization = `Bearer ${secret}`;
    const ask = async (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body: unknown,
      headers: Headers = {},
    ): Promise<Answer> => {
      const after = positions.get(tenant);
      const inject = () =>
        app.fastify.inject({
          method,
          url: /^\/(api\/|health|metrics)/.test(path) ? path : `/api/v1${path}`,
          headers: {
            authorization,
            ...(method === 'GET' && after ? { 'rapport-after': after } : {}),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
        });
      let answer = await inject();
      // The server waits two seconds for its views; a busy machine may need more, and a client would ask again.
      for (let again = 0; again < 10 && answer.statusCode === 503 && answer.body.includes('not-caught-up'); again++)
        answer = await inject();
      const position = answer.headers['rapport-position'];
      if (typeof position === 'string') positions.set(tenant, position);
      const isJson = String(answer.headers['content-type'] ?? '').includes('json');
      return {
        status: answer.statusCode,
        body: isJson && answer.body ? JSON.parse(answer.body) : answer.body,
        text: answer.body,
        headers: answer.headers,
      };
    };
    return {
      authorization,
      get: (path, headers) => ask('GET', path, undefined, headers),
      post: (path, body, headers) => ask('POST', path, body, headers),
      put: (path, body, headers) => ask('PUT', path, body, headers),
      patch: (path, body, headers) => ask('PATCH', path, body, headers),
      delete: (path, headers) => ask('DELETE', path, undefined, headers),
    };
  };

  const found = <T>(map: ReadonlyMap<string, T>, service: string): T => {
    const value = map.get(service);
    if (!value) throw new RangeError(`this app runs no service ${service}`);
    return value;
  };
  return {
    app,
    running,
    as,
    folder,
    system: (tenant = TENANT) => systemContext(tenant),
    runtime: (service) => found(running, service).runtime,
    projector: (service) => found(projectors, service),
    async settled() {
      await Promise.all(working);
      if (trouble.length > 0) throw trouble[0];
      for (const { runtime } of running.values())
        for (const [log, store] of Object.entries(logs))
          if (runtime.parts.logs.includes(log)) await runtime.freshness.until({ log, partition: 0, position: await store.head() });
    },
    async close() {
      await app.close();
      await Promise.all(working);
      for (const projector of projectors.values()) await projector.stop();
      await bus.close();
      for (const store of stores) await store.close();
      for (const { runtime } of running.values()) await runtime.engines.models.close();
      for (const log of Object.values(logs)) await log.close();
      await vault.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const EVERYTHING: Permissions = { may: () => ({ all: true }), why: () => 'the system', hidden: () => [] };

function systemContext(tenant: string): RequestContext {
  const commandId = newUuidV7(Date.now());
  return {
    tenant,
    actor: 'system',
    permissions: EVERYTHING,
    commandId,
    idempotent: false,
    correlationId: commandId,
    causationId: commandId,
    traceparent: '',
    lane: 'bulk',
  };
}
