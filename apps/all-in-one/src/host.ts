import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createLocalJWKSet } from 'jose';
import { apiKeyHash, API_AUDIENCE, credentialRow, openIssuer } from '#apps/workspace';
import { accessToken, dataFolder, makeIdentity, readIdentity, readWelcome, welcomeToken } from '#engines/data-folder';
import { lockFolder, logThread } from '#engines/event-store';
import { openIssuerStore } from '#engines/issuer-store';
import { readOnlyModels } from '#engines/read-models';
import { masterKeyOf } from '#engines/vault';
import { newUuidV7 } from '#model';
import { openSealer } from '#privacy';
import { Freshness, openRuntime, openUndo, restoreFreshness, type Engines, type Runtime } from '#runtime';
import { contentsOf, inContext, Misconfigured, partsOf, serve, sweepAll, type Running } from '#service';
import { AccessView } from './access-view.ts';
import { seed, TENANT, welcome } from './first-run.ts';
import { DemoDesk, type LoadDemo } from './demo.ts';
import { OWN_ANSWERS, OWN_CONTROLLERS } from './document.ts';
import { addSignIn, SIGN_IN_OPEN, type Chosen } from './sign-in.ts';
import { addWeb, WEB_OPEN } from './web.ts';
import { openImports } from './imports.ts';
import { LOGS, MODULES } from './services.ts';
import { asSystem } from './system.ts';
import { end, operationsOn, startThread } from './threads.ts';
import { damaged, threadBus, threadEngines } from './thread-engines.ts';

export type HostOptions = {
  /** The data folder. */
  folder: string;
  port: number;
  host: string;
  masterKey?: string;
  say: (line: string) => void;
  /** Where the built pages lie, and the sample data. */
  web: string;
  samples: string;
};
export type Host = { url: string; welcomeLink?: string; close(): Promise<void> };

const KEYS_GONE = 66_000;
/** So often it is asked, every 200 ms, whether the views have seen the sample data: a minute. */
const WAITS = 300;

/** Every service in one process on the embedded engines. Nothing is served before the views are level. @throws Misconfigured, FolderInUse */
export async function openHost({ folder, port, host, masterKey, say, web, samples }: HostOptions): Promise<Host> {
  await mustBeFree(port, host);
  const data = dataFolder(folder);
  for (const one of data.folders) mkdirSync(one, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  say('Opening the logs');
  const log = await logThread({
    logs: Object.fromEntries(LOGS.map((name) => [name, data.log(name)])),
    vaultFile: data.vault,
    vaultOptions: { masterKey: masterKeyOf(`${data.vault}.key`, masterKey) },
  });
  const engines = threadEngines({ folder, log: log.connect() });
  const runtimes = new Map<string, Runtime>();
  const figuresFreshness = new Freshness(['workspace', 'contacts', 'sales']);
  // Made from the services opened below, which tell it what their views have seen.
  const work: { imports?: ReturnType<typeof openImports> } = {};
  const early: [Parameters<Freshness['applied']>[0], string][] = [];
  const views = await startThread('views', folder, log, (applied, service) => {
    const runtime = runtimes.get(service!);
    if (runtime) runtime.freshness.applied(applied);
    else early.push([applied, service!]);
    work.imports?.applied(applied, service!);
  });
  const figures = await startThread('figures', folder, log, (applied) => figuresFreshness.applied(applied));

  const bus = threadBus(engines.logs);
  // What tells zones is workspace's own view, which is among the services opened below.
  const access: { view?: AccessView } = {};
  const running = new Map<string, Running>();
  for (const module of MODULES) {
    const named = partsOf(module);
    const parts = contentsOf(named);
    const sealer = openSealer({ vault: engines.vault, clock: Date.now });
    const own: Engines = {
      log: engines.logs[parts.service]!,
      models: readOnlyModels(data.views(parts.service), { onDamage: () => end(damaged(parts.service)) }),
      bus,
      vault: engines.vault,
      sealer,
      clock: Date.now,
      tenants: { zone: (tenant) => access.view?.zone(tenant) ?? 'UTC', checkCustom: () => [] },
    };
    const runtime = await openRuntime(parts, own, asSystem);
    await restoreFreshness(runtime);
    runtimes.set(parts.service, runtime);
    running.set(parts.service, {
      runtime,
      operations: operationsOn(views, parts.service, () => runtime.storages.refresh()),
      undo: openUndo(runtime),
      ...(named.spans ? { spans: { ask: (sql, values) => figures.call('ask', sql, values), freshness: figuresFreshness } } : {}),
    });
  }
  for (const [applied, service] of early) runtimes.get(service)!.freshness.applied(applied);
  const [workspace, sales] = [runtimes.get('workspace')!, runtimes.get('sales')!];
  const people = new AccessView(workspace, asSystem, Date.now);
  access.view = people;
  const imports = (work.imports = openImports(folder, data, log, people));
  for (const named of MODULES.map(partsOf)) {
    const own = running.get(named.service)!;
    own.imports = imports.of(named, own.runtime);
  }
  const progress = setInterval(async () => say(`Building views: ${await behind(running)} events to go`), 1000);
  await views.call('level');
  clearInterval(progress);

  const first = readIdentity(data.identity);
  if (!first) await seed({ workspace, sales }, asSystem);
  const identity = first ?? (await makeIdentity(data.identity, { tenant: TENANT, administrator: newUuidV7(Date.now()) }));
  await people.snapshot(TENANT);
  const memory = openIssuerStore(data.issuer, () => Math.floor(Date.now() / 1000));
  const address = `http://${host}:${port}`;
  const issuerUrl = `${address}/oidc`;
  const credentials = async (email: string) => {
    const page = await inContext(asSystem(TENANT), () =>
      workspace.views.list(credentialRow, { where: { field: 'email', op: 'eq', value: email }, limit: 1 }),
    );
    return page.items[0];
  };
  const issuer = await openIssuer({
    url: issuerUrl,
    key: identity.key as never,
    cookieSecrets: identity.cookieSecrets,
    redirectUris: [`${address}/signed-in`, 'http://127.0.0.1/signed-in'],
    leftUris: [`${address}/`],
    directory: {
      byEmail: async (email) => {
        const found = await credentials(email);
        return found?.active ? { userId: found.id, tenant: TENANT, passwordHash: found.passwordHash } : undefined;
      },
      active: async (userId) => (await people.permissions(TENANT, userId)) !== undefined,
    },
    memory,
    now: Date.now,
  });
  const publicKey = Object.fromEntries(Object.entries(identity.key).filter(([name]) => name !== 'd'));
  const desk = {
    async check(token: string) {
      const link = await readWelcome(identity, token, { issuer: issuerUrl, now: Date.now() });
      return link !== undefined && memory.get('Welcome', link.id) === undefined;
    },
    async begin(token: string, chosen: Chosen) {
      const link = (await readWelcome(identity, token, { issuer: issuerUrl, now: Date.now() }))!;
      await welcome({ workspace }, asSystem, identity.administrator, chosen);
      memory.put('Welcome', link.id, {}, Math.ceil(link.until / 1000), {});
      memory.removeAccount(identity.administrator);
    },
  };
  const loadDemo: LoadDemo = async (user, moved) => {
    // The command line's own way, loaded with the first who asks for it.
    const { httpClient, loadDemo: load } = await import('#apps/cli');
    const token = () => accessToken(identity, { issuer: issuerUrl, audience: API_AUDIENCE, user, minutes: 60, now: Date.now() });
    await load(httpClient(address, token), samples, moved);
    // It is loaded when whoever looks sees it.
    for (let waits = 0; waits < WAITS && (await behind(running)) > 0; waits++) await setTimeout(200);
  };
  const app = await serve({
    modules: MODULES,
    running,
    identity: {
      issuers: [{ issuer: issuerUrl, audience: API_AUDIENCE, tenant: TENANT, jwks: createLocalJWKSet({ keys: [publicKey as never] }) }],
      access: (tenant, user) => people.permissions(tenant, user),
      lookup: async (hash) => {
        const page = await inContext(asSystem(TENANT), () =>
          workspace.views.list(apiKeyHash, { where: { field: 'hash', op: 'eq', value: hash }, limit: 1 }),
        );
        const key = page.items[0];
        return key && !key.revoked ? { tenant: TENANT, user: key.ownerId, scopes: key.scopes, expiresAt: key.expiresAt } : undefined;
      },
    },
    port,
    host,
    open: [...SIGN_IN_OPEN, ...WEB_OPEN],
    controllers: OWN_CONTROLLERS,
    answers: OWN_ANSWERS,
    providers: [{ provide: DemoDesk, useValue: new DemoDesk(loadDemo) }],
    async extend(fastify) {
      await addSignIn(fastify, issuer, desk);
      await addWeb(fastify, web);
    },
  });

  const chores = startChores(running, () => imports.chores(TENANT));
  const admitted = await inContext(asSystem(TENANT), () => workspace.views.many(credentialRow, [identity.administrator]));
  const welcomeLink = admitted[0]?.passwordHash
    ? undefined
    : `${address}/welcome?token=${await welcomeToken(identity, { issuer: issuerUrl, now: Date.now() })}`;
  return {
    url: address,
    welcomeLink,
    async close() {
      chores.stop();
      await app.close();
      await imports.close();
      await figures.close();
      await views.close();
      await bus.close();
      for (const { runtime } of running.values()) await runtime.engines.models.close();
      await engines.close();
      memory.close();
      await log.close();
      unlock();
    },
  };
}

/** What is due without anybody asking: to-dos of reactions, batches that are not over, and the second pass of erasures once no cached key can live. */
function startChores(running: ReadonlyMap<string, Running>, further: () => Promise<void>): { stop(): void } {
  let [busy, stopped] = [false, false];
  const work = async () => {
    if (busy || stopped) return;
    busy = true;
    try {
      for (const { runtime } of running.values()) if (runtime.parts.reactions.length > 0) await runtime.todos.run();
      await secondSweeps(running);
      await further();
    } catch (error) {
      const { name, message } = error as Error;
      if (!stopped)
        process.stderr.write(`${JSON.stringify({ level: 'error', event: 'a chore failed and is tried again', error: name, message })}\n`);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void work(), 5_000);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}

const sweptTwice = new Set<string>();
async function secondSweeps(running: ReadonlyMap<string, Running>): Promise<void> {
  const { vault } = running.get('contacts')!.runtime.engines;
  let after = 0;
  for (;;) {
    const tombstones = await vault.tombstones(after, 100);
    for (const { seq, tenant, person, destroyedAt } of tombstones) {
      after = seq;
      const name = `${tenant}/${person}`;
      if (sweptTwice.has(name) || Date.now() - Date.parse(destroyedAt) < KEYS_GONE) continue;
      const slash = person.indexOf('/');
      const owner = running.get(person.slice(0, person.indexOf('.')))?.runtime;
      const evidence =
        owner && (await inContext(asSystem(tenant), () => owner.erasure.evidence(person.slice(0, slash), person.slice(slash + 1))));
      if (evidence && !evidence.sweeps.some((sweep) => sweep.pass === 'second'))
        await inContext(asSystem(tenant), () => sweepAll(running, tenant, person, 'second'));
      sweptTwice.add(name);
    }
    if (tombstones.length < 100) return;
  }
}

async function behind(running: ReadonlyMap<string, Running>): Promise<number> {
  let most = 0;
  for (const { operations } of running.values()) for (const { lag } of await operations.status()) most = Math.max(most, lag);
  return most;
}

/** @throws Misconfigured when somebody listens there already, proposing another */
async function mustBeFree(port: number, host: string): Promise<void> {
  if (port === 0) throw new Misconfigured('PORT is 0; the sign-in addresses need a port that is known: 3000, for example.');
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Misconfigured(`Port ${port} is taken by another program. Try another: PORT=${port + 1} npm start`)
          : error,
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
