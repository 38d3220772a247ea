import { Worker } from 'node:worker_threads';
import type { LogThread } from '#engines/event-store';
import type { Applied } from '#runtime';
import type { Operations } from '#service';
import { caller } from './calls.ts';
import type { ThreadData } from './thread-engines.ts';

/** A thread of this process, started and ready. */
export type Thread = {
  call: (method: string, ...args: unknown[]) => Promise<any>;
  /** Sends what wants no answer. */
  tell: (message: object) => void;
  close(): Promise<void>;
};

/** Room for what lives briefly, in MiB: threads that work in bursts collect less often with more of it. */
const YOUNG = { views: 96, figures: 16, batch: 96 };
/** Room for all else. None needs nearly as much; but with gigabytes in sight a heap grows fourfold before what died in it is collected. */
const OLD = 512;

/** Starts a thread from dist; resolves when it is ready. A thread that dies takes the process with it: nothing half works. */
export async function startThread(
  name: 'views' | 'figures' | 'batch',
  folder: string,
  log: LogThread,
  onApplied: (applied: Applied, service?: string) => void,
): Promise<Thread> {
  const port = log.connect();
  const worker = new Worker(new URL(`./${name}-thread.js`, import.meta.url), {
    name,
    workerData: { folder, log: port } satisfies ThreadData,
    transferList: [port],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG[name], maxOldGenerationSizeMb: OLD },
  });
  let closing = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const call = caller(worker);
  worker.on('message', (message: { applied?: Applied; service?: string }) => {
    if (message.applied) onApplied(message.applied, message.service);
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: { ready?: boolean }) => {
      if (message.ready) resolve();
    });
  });
  worker.on('error', (error) => end(gone(name, (error as Error).stack ?? String(error))));
  worker.on('exit', () => {
    if (!closing) end(gone(name, 'it ended by itself'));
  });
  return {
    call,
    tell: (message) => worker.postMessage(message),
    async close() {
      closing = true;
      await call('close').catch(() => undefined);
      await exited;
    },
  };
}

const gone = (name: string, why: string) => `The thread of ${name} is gone, so this process ends. ${why}`;

/** Ends the process at once: what is acknowledged is in the logs. */
export function end(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** What operators ask of a service whose views another thread writes. */
export function operationsOn(views: Thread, service: string, refresh: () => Promise<void>): Operations {
  return {
    status: () => views.call('status', service),
    rebuild: async (view) => {
      await views.call('rebuild', service, view);
      await refresh();
    },
    parked: (view, limit) => views.call('parked', service, view, limit),
    retry: (view, tenant, stream) => views.call('retry', service, view, tenant, stream),
    skip: (view, event, by) => views.call('skip', service, view, event, by),
    sweep: (tenant, person) => views.call('sweep', service, tenant, person),
  };
}
