import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Provider, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { openFiles } from '#engines/files';
import { openSealer, sealedFiles } from '#privacy';
import {
  Batches,
  inContext,
  openLease,
  openProjector,
  openPublisher,
  openRuntime,
  openUndo,
  reapplyErasures,
  type Engines,
  type Runtime,
} from '#runtime';
import { begin } from '../begin.ts';
import { startChores } from '../chores.ts';
import { contentsOf, importablesOf, type NamedParts } from '../contents.ts';
import { BACKUP_DAYS } from '../erasures.ts';
import { giveBackWhenQuiet } from '../operations/give-back.ts';
import { mustBeWhole } from '../operations/must-be-whole.ts';
import { accessRows, type AccessRows } from '../identity/access-rows.ts';
import { AccessView } from '../identity/access-view.ts';
import type { Identity } from '../identity/authenticate.ts';
import { configuration } from '../operations/configuration.ts';
import { tell } from '../operations/log.ts';
import { operationsOf } from '../operations/operations-of.ts';
import { openTraces } from '../operations/traces.ts';
import { partsOf } from '../parts.ts';
import { serve } from '../serve.ts';
import { asSystem } from '../system.ts';
import type { Running } from '../tokens.ts';
import { openEngines } from './engines.ts';
import { openFigures, withFigures } from './figures.ts';
import { issuerKeys, keysAtWorkspace } from './identity.ts';
import { SEPARATE, type SeparateSettings } from './settings.ts';

/** A service as it runs in this process, for what only one of them adds. */
export type Opened = { runtime: Runtime; people: AccessView; settings: SeparateSettings };

/** What one service does beside what all do: workspace carries the issuer. */
export type Beside = {
  /** Rows by which it knows who may do what, where it has such rows anyway. */
  access?: AccessRows;
  /** Plain routes, and what of the identity it knows better than the settings. */
  open?: (service: Opened) => Promise<{
    open: string[];
    extend: (fastify: FastifyInstance) => Promise<void>;
    identity?: Partial<Identity>;
    close(): Promise<void>;
  }>;
  controllers?: Type[];
  providers?: Provider[];
};

const LEASE = 30_000;
const HOUR = 3600_000;

/**
 * One service in a process of its own, on real engines; any number of replicas beside each other. It answers at once, and is ready when its views have
 * caught up.
 *
 * @throws Misconfigured
 */
export async function openService(module: Type, beside: Beside = {}, env = process.env): Promise<{ url: string; close(): Promise<void> }> {
  const settings = configuration(env, SEPARATE);
  const own = partsOf(module);
  const endTraces = await openTraces(`rapport-${own.service}`, env);
  const rows = beside.access ?? accessRows(own.service);
  const named: NamedParts = beside.access ? own : { ...own, projections: [...(own.projections ?? []), ...Object.values(rows)] };
  const parts = contentsOf(named);
  const { log, vault, models, bus, close: closeEngines } = await openEngines(own.service, settings);
  const holder = randomUUID();
  const clock = Date.now;
  const tenant = settings.RAPPORT_TENANT;

  await mustBeWhole(vault);
  await vault.note(BACKUP_DAYS, String(settings.RAPPORT_VAULT_BACKUP_DAYS));
  await reapplyErasures(log, vault, [...parts.deciders.keys()], (message, about) => tell('error', message, about));
  const access: { view?: AccessView } = {};
  const engines: Engines = {
    log,
    models,
    bus,
    vault,
    sealer: openSealer({ vault, clock }),
    clock,
    tenants: {
      zone: (of) => access.view?.settings(of)?.zone ?? 'UTC',
      country: (of) => access.view?.settings(of)?.country,
      checkCustom: () => [],
    },
  };
  const runtime = await openRuntime(parts, engines, asSystem, { shared: true });
  const projector = openProjector(parts, engines, {
    shared: true,
    onApplied: (applied) => runtime.freshness.applied(applied),
    onSwitched: () => runtime.storages.refresh(),
    alert: (message, about) => tell('error', message, about),
  });
  await projector.start();
  let level = false;
  const publisher = openPublisher({
    log,
    outlet: bus.outlet(own.service),
    models,
    clock,
    holder,
    alert: (message, about) => tell('error', message, about),
    onTrouble: ({ attempt, error }) => tell('error', 'publishing failed and is tried again', { attempt, error: (error as Error).message }),
  });
  const people = (access.view = new AccessView(runtime, rows, asSystem, clock));
  const figures = own.spans
    ? await openFigures(own.spans, engines, settings.RAPPORT_FIGURES, holder, () =>
        tell('error', 'the figures were damaged; they are built anew'),
      )
    : undefined;
  const running: Running = {
    runtime,
    operations: figures ? withFigures(operationsOf(projector, runtime), figures) : operationsOf(projector, runtime),
    undo: openUndo(runtime),
    isLevel: () => level,
    publisher,
    ...(figures ? { spans: figures.spans } : {}),
  };
  const all = new Map([[own.service, running]]);
  const imports = openImports(named, runtime, people, settings.RAPPORT_FILES);
  if (imports) running.imports = imports;
  if (own.begins) await begin(runtime, tenant, own.begins(tenant), asSystem);

  const added = await beside.open?.({ runtime, people, settings });
  const app = await serve({
    modules: [module],
    running: all,
    identity: {
      issuers: [
        {
          issuer: settings.RAPPORT_ISSUER,
          audience: settings.RAPPORT_AUDIENCE,
          tenant,
          jwks: issuerKeys(settings.RAPPORT_ISSUER, settings.RAPPORT_JWKS),
        },
      ],
      access: (of, user) => people.permissions(of, user),
      ...(settings.RAPPORT_WORKSPACE ? { lookup: keysAtWorkspace(settings.RAPPORT_WORKSPACE, settings.RAPPORT_SERVICES_SECRET) } : {}),
      ...added?.identity,
    },
    port: settings.PORT,
    host: settings.RAPPORT_HOST,
    trustProxy: settings.RAPPORT_PROXIES,
    open: added?.open,
    extend: added?.extend,
    controllers: beside.controllers,
    providers: beside.providers,
    following: [publisher],
  });
  const lease = openLease(models, `chores/${own.service}`, holder, LEASE, clock);
  let expired = 0;
  const chores = startChores(
    all,
    asSystem,
    async () => {
      if (!imports) return;
      for (const id of await inContext(asSystem(tenant), () => imports.batches.unfinished())) imports.begin(tenant, id);
      if (clock() - expired < HOUR) return;
      expired = clock();
      await inContext(asSystem(tenant), () => imports.batches.expire());
    },
    () => lease.keep(),
  );
  let stopGivingBack = () => {};
  void projector.caughtUp().then(() => {
    stopGivingBack = giveBackWhenQuiet();
    level = true;
  });
  tell('info', `${own.service} answers`, { url: app.url });
  return {
    url: app.url!,
    async close() {
      stopGivingBack();
      await app.close();
      await chores.stop();
      await lease.release();
      await imports?.idle();
      await added?.close();
      await figures?.close();
      await projector.stop();
      await closeEngines();
      await endTraces();
    },
  };
}

/** Files coming in, worked on in this process; undefined when nothing of the service comes in files. */
function openImports(parts: NamedParts, runtime: Runtime, people: AccessView, folder: string) {
  if (!parts.columns) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { bus, vault } = runtime.engines;
  const batches = new Batches({
    runtime,
    files: sealedFiles(openFiles(folder), vault),
    resources: importablesOf(parts),
    access: (tenant, user) => people.permissions(tenant, user),
    heads: () => Promise.all(runtime.parts.logs.map(async (log) => ({ log, partition: 0, position: await bus.head(log) }))),
  });
  const working = new Set<Promise<unknown>>();
  return {
    batches,
    begin(tenant: string, id: string): void {
      const work: Promise<unknown> = people
        .snapshot(tenant)
        .then(() => batches.work(tenant, id))
        .catch((error: Error) => tell('error', 'a batch could not go on and is tried again', { error: error.name, message: error.message }))
        .finally(() => working.delete(work));
      working.add(work);
    },
    /** What is half done goes on at the next start, from the last row that was told. */
    idle: async () => void (await Promise.race([Promise.all(working), new Promise((resolve) => setTimeout(resolve, 5_000).unref())])),
  };
}
