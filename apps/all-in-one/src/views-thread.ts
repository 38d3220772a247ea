/** The thread that writes read models: one projector per service. Started by threads.ts, from dist. */
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openOrRenew, type ReadModels } from '#engines/read-models';
import { openSealer } from '#privacy';
import { openProjector, type Projector } from '#runtime';
import { contentsOf, openTraces, partsOf, tell } from '#service';
import { answerCalls } from './calls.ts';
import { MODULES } from './services.ts';
import { damaged, threadBus, threadEngines, type ThreadData } from './thread-engines.ts';

const { data, logs, vault, close } = threadEngines(workerData as ThreadData);
const main = parentPort!;
/** Whoever waited for the views of a log that cannot be read on would wait for ever. */
const damage = Promise.withResolvers<void>();
const bus = threadBus(logs, damage.resolve);
const say = (line: string) => process.stderr.write(`${line}\n`);
/** This thread's end is the process's. */
const ended = (why: string) => {
  say(why);
  process.exit(1);
};
const endTraces = await openTraces('rapport');
const projectors = new Map<string, Projector>();
const stores: ReadModels[] = [];

for (const parts of MODULES.map((module) => contentsOf(partsOf(module)))) {
  const models = openOrRenew(data.views(parts.service), { onDamage: () => ended(damaged(parts.service)) }, (why) =>
    say(
      `The views of ${parts.service} were ${why === 'damaged' ? 'damaged' : 'made by another release'}; they are built anew from the logs.`,
    ),
  );
  stores.push(models);
  const engines = {
    log: logs[parts.service]!,
    models,
    bus,
    vault,
    sealer: openSealer({ vault, clock: Date.now }),
    clock: Date.now,
    tenants: { zone: () => 'UTC', checkCustom: () => [] },
  };
  const projector = openProjector(parts, engines, {
    onApplied: (applied) => main.postMessage({ applied, service: parts.service }),
    alert: (message, about) => tell('error', message, about),
  });
  await projector.start();
  projectors.set(parts.service, projector);
}

async function caughtUp(): Promise<void> {
  for (const projector of projectors.values()) await projector.caughtUp();
}

const of = (service: string) => projectors.get(service)!;
answerCalls(main, {
  level: () => Promise.race([damage.promise, caughtUp()]),
  status: (service: string) => of(service).status(),
  rebuild: (service: string, view: string) => of(service).rebuild(view),
  parked: (service: string, view?: string, limit?: number) => of(service).parking.list(view, limit),
  retry: (service: string, view: string, tenant: string, stream: string) => of(service).retry(view, tenant, stream),
  skip: (service: string, view: string, event: Parameters<Projector['skip']>[1], by: string) => of(service).skip(view, event, by),
  sweep: (service: string, tenant: string, person: string) => of(service).sweep(tenant, person),
  close: async () => {
    for (const projector of projectors.values()) await projector.stop();
    await bus.close();
    for (const store of stores) await store.close();
    await endTraces();
    await close();
    setImmediate(() => main.close());
  },
});
main.postMessage({ ready: true });
