import type { Kafka } from 'kafkajs';
import { persist, type PersistOptions } from '../persist.ts';
import type { Cursor, Published } from '../port.ts';
import { readAlone } from './alone.ts';
import { PARTITIONS, type Topics } from './topics.ts';

/**
 * How far every service's log has been published, as publishers announce it in a topic of its own: one small message per batch, of which the cluster
 * keeps the last. Whoever has come to the ends it names has seen everything up to its position, also in partitions in which nothing happens.
 */
export type Announced = {
  /** What was last announced of a log, once everything that was announced before has been read. */
  latest(log: string): Promise<Published | undefined>;
  reached(log: string, cursors: ReadonlyMap<number, Cursor>): number;
  onAnnounced(listener: (log: string) => void): () => void;
  /** Hears of the generation a log's topic is of, where announcements are listened to anyway. */
  onGeneration(listener: (log: string, generation: number) => void): () => void;
  close(): Promise<void>;
};

/** Listens from the first time it is asked for something. */
export function announcements(kafka: Kafka, topics: Topics, how: PersistOptions): Announced {
  const found = new Map<string, Published>();
  const listeners = new Set<(log: string, generation: number) => void>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const read = Promise.withResolvers<void>();
  read.promise.catch(() => undefined); // who asks hears of it
  let listening: Promise<unknown> | undefined;

  function take(log: string, published: Published): void {
    const known = found.get(log);
    // Of two publishers the slower one may say last what is true no more.
    if (
      known &&
      (published.generation < known.generation || (published.generation === known.generation && published.position < known.position))
    )
      return;
    found.set(log, published);
    for (const listener of listeners) listener(log, published.generation);
  }

  /** Until it breaks off or is ended. */
  async function listen(going: () => void): Promise<void> {
    await topics.prepareProgress();
    const [{ high } = { high: 0 }] = await topics.ends(topics.progress);
    if (high === 0) read.resolve();
    await readAlone(kafka, { topic: topics.progress, group: topics.groupOf('progress'), fromBeginning: true, signal, going }, (message) => {
      const published = publishedIn(message.value);
      if (published && message.key) take(message.key.toString(), published);
      if (Number(message.offset) >= high - 1) read.resolve();
    });
  }

  const start = () => (listening ??= persist(listen, { ...how, group: 'progress', log: '', signal }));

  return {
    async latest(log) {
      void start();
      await read.promise;
      return found.get(log);
    },
    reached(log, cursors) {
      void start();
      return reachedBy(found.get(log), cursors);
    },
    onAnnounced(listener) {
      void start();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGeneration(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stopping.abort();
      read.reject(new Error('the bus is closed'));
      await listening;
    },
  };
}

/** The position up to which everything has been seen: the least of all partitions, where one that is at its end has seen all that is published. */
export function reachedBy(published: Published | undefined, cursors: ReadonlyMap<number, Cursor>): number {
  let least = Infinity;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const cursor = cursors.get(partition);
    const same = cursor && (!published || cursor.generation === published.generation);
    const [offset, position] = same ? [cursor.offset ?? 0, cursor.position] : [0, 0];
    const atEnd = published !== undefined && offset >= (published.ends[partition] ?? 0);
    least = Math.min(least, atEnd ? Math.max(position, published.position) : position);
  }
  return least;
}

function publishedIn(value: Buffer | null): Published | undefined {
  if (!value) return undefined;
  try {
    const { generation, position, ends } = JSON.parse(value.toString()) as Published;
    return Number.isInteger(generation) && Number.isInteger(position) && Array.isArray(ends) ? { generation, position, ends } : undefined;
  } catch {
    return undefined; // none of ours: nothing is concluded from it
  }
}
