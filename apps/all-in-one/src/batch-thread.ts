/** The thread in which batches run: a replica without HTTP, that decides by itself and appends through the log thread. Started by threads.ts, when first needed. */
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openFiles } from '#engines/files';
import { readOnlyModels } from '#engines/read-models';
import { openSealer, sealedFiles } from '#privacy';
import { Batches, openRuntime, restoreFreshness, type Applied, type Runtime } from '#runtime';
import { WORKSPACE_ROWS } from '#apps/workspace';
import { AccessView, asSystem, contentsOf, importablesOf, partsOf } from '#service';
import { answerCalls } from './calls.ts';
import { MODULES } from './services.ts';
import { threadBus, threadEngines, type ThreadData } from './thread-engines.ts';

const { data, logs, vault, close } = threadEngines(workerData as ThreadData);
const main = parentPort!;
const bus = threadBus(logs);
const files = sealedFiles(openFiles(data.imports), vault);
const runtimes = new Map<string, Runtime>();
const batches = new Map<string, Batches>();
const access: { view?: AccessView } = {};

const early: { applied: Applied; service: string }[] = [];
main.on('message', ({ applied, service }: { applied?: Applied; service?: string }) => {
  if (!applied) return;
  const runtime = runtimes.get(service!);
  if (runtime) runtime.freshness.applied(applied);
  else early.push({ applied, service: service! });
});

for (const named of MODULES.map(partsOf)) {
  if (!named.columns && named.service !== 'workspace') continue;
  const parts = contentsOf(named);
  const engines = {
    log: logs[parts.service]!,
    models: readOnlyModels(data.views(parts.service)),
    bus,
    vault,
    sealer: openSealer({ vault, clock: Date.now }),
    clock: Date.now,
    tenants: {
      zone: (tenant: string) => access.view?.settings(tenant)?.zone ?? 'UTC',
      country: (tenant: string) => access.view?.settings(tenant)?.country,
      checkCustom: () => [],
    },
  };
  const runtime = await openRuntime(parts, engines, asSystem);
  await restoreFreshness(runtime);
  runtimes.set(parts.service, runtime);
  batches.set(
    parts.service,
    new Batches({
      runtime,
      files,
      resources: importablesOf(named),
      access: (tenant, user) => access.view!.permissions(tenant, user),
      heads: () => Promise.all(parts.logs.map(async (log) => ({ log, partition: 0, position: await logs[log]!.head() }))),
    }),
  );
}
for (const { applied, service } of early) runtimes.get(service)?.freshness.applied(applied);
access.view = new AccessView(runtimes.get('workspace')!, WORKSPACE_ROWS, asSystem, Date.now);

answerCalls(main, {
  work: async (service: string, tenant: string, id: string) => {
    // The tenant's time zone is known once its settings have been read.
    await access.view!.snapshot(tenant);
    await batches.get(service)!.work(tenant, id);
  },
  close: async () => {
    // What is half done goes on at the next start, from the last row that was told.
    await bus.close();
    for (const { engines } of runtimes.values()) await engines.models.close();
    await close();
    setImmediate(() => main.close());
  },
});
main.postMessage({ ready: true });
