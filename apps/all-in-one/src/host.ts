import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { createLocalJWKSet } from 'jose';
import { addSignIn, API_AUDIENCE, issuerUrlOf, openFrontDesk, SIGN_IN_OPEN, WORKSPACE_ROWS } from '#apps/workspace';
import { accessToken, dataFolder, makeIdentity, readIdentity, readWelcome, welcomeToken } from '#engines/data-folder';
import { lockFolder, logThread } from '#engines/event-store';
import { openIssuerStore } from '#engines/issuer-store';
import { readOnlyModels } from '#engines/read-models';
import { masterKeyOf } from '#engines/vault';
import { SERVICES } from '#events/services';
import { newUuidV7 } from '#model';
import { openSealer } from '#privacy';
import { openRuntime, openUndo, reapplyErasures, restoreFreshness, type Engines, type Freshness, type Runtime } from '#runtime';
import {
  AccessView,
  addWeb,
  asSystem,
  BACKUP_DAYS,
  begin,
  contentsOf,
  giveBackWhenQuiet,
  Misconfigured,
  mustBeWhole,
  partsOf,
  serve,
  startChores,
  tell,
  WEB_OPEN,
  type Running,
} from '#service';
import { DemoDesk, type LoadDemo } from './demo.ts';
import { OWN_ANSWERS, OWN_CONTROLLERS } from './document.ts';
import { openFigures } from './figures.ts';
import { openImports } from './imports.ts';
import { MODULES, TENANT } from './services.ts';
import { end, operationsOn, startThread } from './threads.ts';
import { damaged, threadBus, threadEngines } from './thread-engines.ts';

export type HostOptions = {
  /** The data folder. */
  folder: string;
  port: number;
  host: string;
  masterKey?: string;
  vaultBackupDays: number;
  say: (line: string) => void;
  /** Where the built pages lie, and the sample data. */
  web: string;
  samples: string;
};
export type Host = { url: string; welcomeLink?: string; close(): Promise<void> };

/** Every service in one process on the embedded engines. Nothing is served before the views are level. @throws Misconfigured, FolderInUse */
export async function openHost({ folder, port, host, masterKey, vaultBackupDays, say, web, samples }: HostOptions): Promise<Host> {
  await mustBeFree(port, host);
  const data = dataFolder(folder);
  for (const one of data.folders) mkdirSync(one, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  say('Opening the logs');
  const log = await logThread({
    logs: Object.fromEntries(SERVICES.map((name) => [name, data.log(name)])),
    vaultFile: data.vault,
    vaultOptions: { masterKey: masterKeyOf(`${data.vault}.key`, masterKey) },
  });
  const engines = threadEngines({ folder, log: log.connect() });
  await mustBeWhole(engines.vault);
  await engines.vault.note(BACKUP_DAYS, String(vaultBackupDays));
  for (const { service, deciders } of MODULES.map((module) => contentsOf(partsOf(module))))
    await reapplyErasures(engines.logs[service]!, engines.vault, [...deciders.keys()], (message, about) => tell('error', message, about));
  const runtimes = new Map<string, Runtime>();
  // Made from the services opened below, which tell it what their views have seen.
  const work: { imports?: ReturnType<typeof openImports> } = {};
  const early: [Parameters<Freshness['applied']>[0], string][] = [];
  const views = await startThread('views', folder, log, (applied, service) => {
    const runtime = runtimes.get(service!);
    if (runtime) runtime.freshness.applied(applied);
    else early.push([applied, service!]);
    work.imports?.applied(applied, service!);
  });

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
      tenants: {
        zone: (tenant: string) => access.view?.settings(tenant)?.zone ?? 'UTC',
        country: (tenant: string) => access.view?.settings(tenant)?.country,
        checkCustom: () => [],
      },
    };
    const runtime = await openRuntime(parts, own, asSystem);
    await restoreFreshness(runtime);
    runtimes.set(parts.service, runtime);
    running.set(parts.service, {
      runtime,
      operations: operationsOn(views, parts.service, () => runtime.storages.refresh()),
      undo: openUndo(runtime),
    });
  }
  for (const [applied, service] of early) runtimes.get(service)!.freshness.applied(applied);
  const workspace = runtimes.get('workspace')!;
  const people = new AccessView(workspace, WORKSPACE_ROWS, asSystem, Date.now);
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
  if (!first)
    for (const { service, begins } of MODULES.map(partsOf))
      if (begins) await begin(runtimes.get(service)!, TENANT, begins(TENANT), asSystem);
  const identity = first ?? (await makeIdentity(data.identity, { tenant: TENANT, administrator: newUuidV7(Date.now()) }));
  await people.snapshot(TENANT);
  const figures = openFigures(folder, log, engines.logs.sales!);
  for (const named of MODULES.map(partsOf)) if (named.spans) running.get(named.service)!.spans = figures.spans;
  const memory = openIssuerStore(data.issuer, () => Math.floor(Date.now() / 1000));
  const address = `http://${host}:${port}`;
  const issuerUrl = issuerUrlOf(address);
  const now = Date.now;
  const links = {
    make: () => welcomeToken(identity, { issuer: issuerUrl, now: now() }),
    read: (token: string) => readWelcome(identity, token, { issuer: issuerUrl, now: now() }),
  };
  const desk = await openFrontDesk({
    runtime: workspace,
    people,
    asSystem,
    tenant: TENANT,
    address,
    issuer: { identity, links, memory },
    now,
  });
  const signIn = desk.signIn!;
  const loadDemo: LoadDemo = async (user, moved) => {
    // The command line's own way, loaded with the first who asks for it.
    const { httpClient, loadDemo: load } = await import('#apps/cli');
    const token = () => accessToken(identity, { issuer: issuerUrl, audience: API_AUDIENCE, user, minutes: 60, now: Date.now() });
    await load(httpClient(address, token), samples, moved);
    // It is loaded when whoever looks sees it.
    await views.call('level');
  };
  const app = await serve({
    modules: MODULES,
    running,
    identity: {
      issuers: [
        { issuer: issuerUrl, audience: API_AUDIENCE, tenant: TENANT, jwks: createLocalJWKSet({ keys: [signIn.publicKey as never] }) },
      ],
      access: (tenant, user) => people.permissions(tenant, user),
      lookup: (hash) => desk.apiKey(hash),
    },
    port,
    host,
    open: [...SIGN_IN_OPEN, ...WEB_OPEN],
    controllers: OWN_CONTROLLERS,
    answers: OWN_ANSWERS,
    providers: [{ provide: DemoDesk, useValue: new DemoDesk(loadDemo) }],
    async extend(fastify) {
      await addSignIn(fastify, signIn);
      await addWeb(fastify, web);
    },
  });

  const chores = startChores(running, asSystem, () => imports.chores(TENANT));
  const welcomeLink = await signIn.welcomeLink();
  const stopGivingBack = giveBackWhenQuiet();
  return {
    url: address,
    welcomeLink,
    async close() {
      stopGivingBack();
      await chores.stop();
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
