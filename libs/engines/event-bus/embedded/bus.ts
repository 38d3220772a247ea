import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { wakeUps, type EventStore } from '#engines/event-store';
import type { Consumer, EventBus } from '../port.ts';

export type Trouble = { group: string; log: string; attempt: number; error: unknown };

type Options = {
  /** Waits before trying again; `attempt` counts from 1. Default: 100 ms, doubled each time up to 30 s. */
  delay?: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** Hears of every attempt that failed, before the wait. */
  onTrouble?: (trouble: Trouble) => void;
};

type Consume = Parameters<EventBus['consume']>[0];

/**
 * The bus of one process: every consumer follows the logs themselves. There is one partition (0) per log, so the order is that of the whole
 * log.
 *
 * @param stores the logs by name; a consumer that names another is refused with a RangeError
 */
export function embeddedBus(stores: Record<string, EventStore>, { delay = backOff, onTrouble = () => {} }: Options = {}): EventBus {
  const consumers = new Set<Consumer>();
  return {
    async consume(options) {
      const followed = options.logs.map((log) => {
        const store = stores[log];
        if (!store) throw new RangeError(`the bus knows no log named ${log}`);
        return follow(store, log, options, delay, onTrouble);
      });
      const consumer: Consumer = {
        async lag() {
          const lags = await Promise.all(followed.map(async ({ log, lag }) => [log, await lag()] as const));
          return Object.fromEntries(lags);
        },
        async stop() {
          consumers.delete(consumer);
          await Promise.all(followed.map(({ stop }) => stop()));
        },
      };
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
    },
  };
}

function follow(
  store: EventStore,
  log: string,
  { group, from, onBatch, onLevel, batch = 2_000 }: Consume,
  delay: (attempt: number, signal: AbortSignal) => Promise<void>,
  onTrouble: (trouble: Trouble) => void,
) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let applied = 0;

  /** Tries until it succeeds; undefined when stopped meanwhile. */
  async function persist<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return undefined;
        onTrouble({ group, log, attempt, error });
        await delay(attempt, signal);
      }
    }
    return undefined;
  }

  async function run() {
    const news = wakeUps(store, signal);
    try {
      applied = (await persist(() => from(log, 0))) ?? 0;
      let level = false;
      while (!signal.aborted) {
        news.rearm();
        const events = await persist(() => store.readLog(applied, batch));
        if (!events || signal.aborted) return;
        if (events.length > 0) {
          level = false;
          const last = events.at(-1)!.position;
          const done = await persist(async () => {
            await onBatch({ log, partition: 0, events, last });
            return true;
          });
          if (!done) return;
          applied = last;
          await nextTurn(); // reading is synchronous on SQLite: others get the loop between batches
          continue;
        }
        if (!level) {
          level = true;
          onLevel?.(log, 0, applied);
        }
        await news.wait();
      }
    } finally {
      news.stop();
    }
  }

  const ended = run();
  return {
    log,
    lag: async () => Math.max(0, (await store.head()) - applied),
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

const FIRST_WAIT = 100;
const LONGEST_WAIT = 30_000;

/** Ends early when the consumer is stopped. */
const backOff = (attempt: number, signal: AbortSignal) =>
  sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)), undefined, { signal }).catch(() => {});
