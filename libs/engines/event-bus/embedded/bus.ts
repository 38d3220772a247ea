import { setImmediate as nextTurn } from 'node:timers/promises';
import { wakeUps, type EventStore } from '#engines/event-store';
import { persist, type PersistOptions } from '../persist.ts';
import type { Consumer, EventBus } from '../port.ts';

type Consume = Parameters<EventBus['consume']>[0];

/**
 * The bus of one process: every consumer follows the logs themselves. There is one partition (0) per log, so the order is that of the whole
 * log.
 *
 * @param stores the logs by name; a consumer that names another is refused with a RangeError
 */
export function embeddedBus(stores: Record<string, EventStore>, how: PersistOptions = {}): EventBus {
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
    hint: () => {},
    onHint: () => () => {},
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
    },
  };
}

function follow(store: EventStore, log: string, { group, from, onBatch, onLevel, batch = 2_000 }: Consume, how: PersistOptions) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const persistently = <T>(work: () => Promise<T>) => persist(work, { ...how, group, log, signal });
  let applied = 0;

  async function run() {
    const news = wakeUps(store, signal);
    try {
      applied = (await persistently(async () => (await from(log, 0)) ?? { position: 0 }))?.position ?? 0;
      let level = false;
      while (!signal.aborted) {
        news.rearm();
        const events = await persistently(() => store.readLog(applied, batch));
        if (!events || signal.aborted) return;
        if (events.length > 0) {
          level = false;
          const cursor = { position: events.at(-1)!.position };
          const done = await persistently(async () => {
            await onBatch({ log, partition: 0, events, cursor });
            return true;
          });
          if (!done) return;
          applied = cursor.position;
          await nextTurn(); // reading is synchronous on SQLite: others get the loop between batches
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
