import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { wakeUps, type EventStore } from '#engines/event-store';
import type { Consumer, EventBus } from '../port.ts';

export type Trouble = { group: string; log: string; attempt: number; error: unknown };

type Options = {
  /** A batch that was not full is followed by the next after so many milliseconds from its beginning: what comes in bursts is applied in few batches. What comes alone waits for nothing. */
  gather?: number;
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
export function embeddedBus(
  stores: Record<string, EventStore>,
  { gather = GATHER, delay = backOff, onTrouble = () => {} }: Options = {},
): EventBus {
  const consumers = new Set<Consumer>();
  return {
    async consume(options) {
      const followed = options.logs.map((log) => {
        const store = stores[log];
        if (!store) throw new RangeError(`the bus knows no log named ${log}`);
        return follow(store, log, options, { gather, delay, onTrouble });
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
  { group, kinds, from, onBatch, onLevel, batch = 4_000 }: Consume,
  { gather, delay, onTrouble }: Required<Options>,
) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let applied = 0;
  let began = -Infinity;

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

  /** What comes next, and how far that leads; undefined when there is no more. */
  async function next() {
    if ((await store.head()) <= applied) return undefined;
    const rest = began + gather - performance.now();
    if (rest > 0) await sleep(rest, undefined, { signal });
    else await nextTurn(); // reading is synchronous on SQLite: others get the loop between batches
    began = performance.now();
    // Asked before reading: what is appended meanwhile may be wanted, and is the next round's.
    const head = await store.head();
    const events = await store.readLog(applied, batch, kinds?.[log] && { kinds: kinds[log] });
    const last = events.at(-1)?.position ?? head;
    if (events.length < batch) return { log, partition: 0, events, last: Math.max(last, head) };
    began = -Infinity; // there is more: it need not be gathered
    return { log, partition: 0, events, last };
  }

  async function run() {
    const news = wakeUps(store, signal);
    try {
      applied = (await persist(() => from(log, 0))) ?? 0;
      let level = false;
      while (!signal.aborted) {
        news.rearm();
        const read = await persist(async () => ({ found: await next() }));
        if (!read || signal.aborted) return;
        const { found } = read;
        if (found) {
          level = false;
          const done = await persist(async () => {
            await onBatch(found);
            return true;
          });
          if (!done) return;
          applied = found.last;
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

const GATHER = 40;
const FIRST_WAIT = 100;
const LONGEST_WAIT = 30_000;

/** Ends early when the consumer is stopped. */
const backOff = (attempt: number, signal: AbortSignal) =>
  sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)), undefined, { signal }).catch(() => {});
