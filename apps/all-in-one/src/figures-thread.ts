/** The thread that alone opens DuckDB: follows the logs and answers what figures ask. Started by threads.ts, from dist. */
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openOrRenewSpans } from '#engines/figures';
import { openSealer } from '#privacy';
import { followSpans, streamsOfLogs } from '#runtime';
import { partsOf } from '#service';
import { answerCalls } from './calls.ts';
import { MODULES } from './services.ts';
import { threadBus, threadEngines, type ThreadData } from './thread-engines.ts';

const { data, logs, vault, close } = threadEngines(workerData as ThreadData);
const main = parentPort!;
const bus = threadBus(logs);
const store = await openOrRenewSpans(data.figures, () =>
  process.stderr.write('The figures were damaged; they are built anew from the logs.\n'),
);
const specs = MODULES.flatMap((module) => partsOf(module).spans ?? []);
// Spans hold nothing personal: this thread is granted no key.
await followSpans({
  store,
  specs,
  bus,
  streams: streamsOfLogs(logs),
  sealer: openSealer({ vault, clock: Date.now, grant: 'none' }),
  onApplied: (applied) => main.postMessage({ applied }),
});

answerCalls(main, {
  ask: (sql: string, values: []) => store.ask(sql, values),
  close: async () => {
    await bus.close();
    await store.close();
    await close();
    setImmediate(() => main.close());
  },
});
main.postMessage({ ready: true });
