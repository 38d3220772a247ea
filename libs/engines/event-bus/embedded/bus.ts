import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { wakeUps, type EventStore } from '#engines/event-store';
import { persist, type PersistOptions } from '../persist.ts';
import type { Consumer, EventBus } from '../port.ts';

export type EmbeddedOptions = PersistOptions & {
  /**
   * A batch that was not full is followed by the next after so many milliseconds from its beginning: what comes in bursts is applied in few batches. What
   * comes alone waits for nothing.
   */
  gather?: number;
};

type Consume = Parameters<EventBus['consume']>[0];

/**
 * The bus of one process: every consumer follows the logs themselves. There is one partition (0) per log, so the order is that of the whole
 * log.
 *
 * @param stores the logs by name; a consumer that names another is refused with a RangeError
 */
export function embeddedBus(stores: Record<string, EventStore>, how: EmbeddedOptions = {}): EventBus {
  const consumers = new Set<Consumer>();
  const storeOf = (log: string) => {
    const store = stores[log];
    if (!store) throw new RangeError(`the bus knows no log named ${log}`);
    return store;
  };
  return {
    async consume(options) {
      const known = options.logs.map((log) => ({ log, store: storeOf(log) }));
      const followed = known.map(({ log, store }) => follow(store, log, options, how));
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
    head: async (log) => storeOf(log).head(),
    reached: (_log, cursors) => cursors.get(0)?.position ?? 0,
    onReached: () => () => {},
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
    },
  };
}

function follow(
  store: EventStore,
  log: string,
  { group, kinds, from, onBatch, onLevel, batch = 2_000 }: Consume,
  { gather = GATHER, ...how }: EmbeddedOptions,
) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const persistently = <T>(work: () => Promise<T>) => persist(work, { ...how, group, log, signal });
  let applied = 0;
  let began = -Infinity;

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
    if (events.length < batch) return { log, partition: 0, events, cursor: { position: Math.max(last, head) } };
    began = -Infinity; // there is more: it need not be gathered
    return { log, partition: 0, events, cursor: { position: last } };
  }

  async function run() {
    const news = wakeUps(store, signal);
    try {
      applied = (await persistently(async () => (await from(log, 0)) ?? { position: 0 }))?.position ?? 0;
      let level = false;
      while (!signal.aborted) {
        news.rearm();
        const read = await persistently(async () => ({ found: await next() }));
        if (!read || signal.aborted) return;
        const { found } = read;
        if (found) {
          level = false;
          const done = await persistently(async () => {
            await onBatch(found);
            return true;
          });
          if (!done) return;
          applied = found.cursor.position;
          continue;
        }
        if (!level) {
          level = true;
          onLevel?.(log, 0, { position: applied });
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

const GATHER = 20;
