import type { Assignment, Consumer as KafkaConsumer, Kafka } from 'kafkajs';
import type { EventStore } from '#engines/event-store';
import { persist, type PersistOptions } from '../persist.ts';
import type { Consumer, EventBus } from '../port.ts';
import { brokenOff } from './alone.ts';
import { NO_LONGER } from './client.ts';
import { followPartition, type Partition } from './partition.ts';
import type { Announced } from './progress.ts';
import type { Ends, Topics } from './topics.ts';

type Consume = Parameters<EventBus['consume']>[0];

/** How long a fetch may wait for news, in ms: that long a partition that is to be fetched again has to wait, too. */
const FETCH_WAIT = 250;
/** At most so much of a partition in one fetch, in bytes. */
const FETCH_SIZE = 512 * 1024;
/** A member that is silent for so long, in ms, has died: its partitions go to others. */
const SESSION = 10_000;
/** How often offsets are committed for those who watch them, in ms. Nothing begins from them. */
const COMMIT = 1_000;

/** A member of a consumer group, for as long as it is wanted: when the connection breaks off it joins again. */
export function joinGroup(
  kafka: Kafka,
  topics: Topics,
  announced: Announced,
  options: Consume,
  how: PersistOptions,
  own?: EventStore,
): Consumer {
  const stopping = new AbortController();
  const { signal } = stopping;
  const logOf = new Map(options.logs.map((log) => [topics.nameOf(log), log]));
  let partitions = new Map<string, Partition>();

  async function member(going: () => void): Promise<void> {
    for (const log of options.logs) await topics.prepare(log);
    const consumer = kafka.consumer({
      groupId: topics.groupOf(options.group),
      sessionTimeout: SESSION,
      rebalanceTimeout: 2 * SESSION,
      heartbeatInterval: SESSION / 5,
      maxWaitTimeInMs: FETCH_WAIT,
      maxBytesPerPartition: FETCH_SIZE,
      retry: NO_LONGER,
    });
    const broken = brokenOff(consumer, signal);
    const ends = sharing((topic: string) => topics.ends(topic));
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      going();
      assigned(consumer, payload.memberAssignment, ends);
    });
    const ticking = setInterval(() => void commit(consumer), COMMIT);
    const started = (async () => {
      await consumer.connect();
      await consumer.subscribe({ topics: [...logOf.keys()], fromBeginning: true });
      if (signal.aborted) return;
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch, isStale }) => {
          if (!isStale()) partitions.get(idOf(batch.topic, batch.partition))?.take(batch);
        },
      });
    })();
    try {
      await Promise.race([started.then(() => broken), broken]);
      await stopAll();
      await commit(consumer);
    } finally {
      clearInterval(ticking);
      await stopAll();
      // A consumer that is still getting ready would go on with it after its end.
      await started.catch(() => undefined);
      await consumer.disconnect();
    }
  }

  const stopAll = () => Promise.all([...partitions.values()].map((one) => one.stop()));

  /** Nothing is fetched of a partition until it is known where to begin. */
  function assigned(consumer: KafkaConsumer, assignment: Assignment, ends: (topic: string) => Promise<Ends[]>): void {
    if (signal.aborted) return;
    const all = Object.entries(assignment).map(([topic, list]) => ({ topic, partitions: list.map(Number) }));
    consumer.pause(all);
    const former = new Map([...partitions].map(([id, partition]) => [id, partition.stop()]));
    partitions = new Map();
    for (const { topic, partitions: list } of all)
      for (const partition of list) {
        const log = logOf.get(topic)!;
        const id = idOf(topic, partition);
        const place = [{ topic, partitions: [partition] }];
        const following = followPartition(
          {
            ...how,
            ...options,
            log,
            topic,
            partition,
            batch: options.batch ?? 2_000,
            kinds: options.kinds?.[log] && new Set(options.kinds[log]),
            ends: () => ends(topic),
            mustBeWhole: (found) => topics.mustBeWhole(log, partition, found),
            seek: (offset) => consumer.seek({ topic, partition, offset: String(offset) }),
            pause: () => consumer.pause(place),
            resume: () => consumer.resume(place),
            ...(own?.log === log ? { own: (positions) => own.readAt(positions) } : {}),
          },
          former.get(id) ?? Promise.resolve(),
        );
        partitions.set(id, following);
      }
  }

  const committed = new Map<string, number>();
  let committing: Promise<void> | undefined;
  /** Nobody begins from these offsets: what could not be committed now is, with newer ones, the next time. */
  function commit(consumer: KafkaConsumer): Promise<void> {
    const moved = [...partitions]
      .map(([id, { applied }]) => ({ id, applied }))
      .filter(({ id, applied }) => applied > 0 && applied !== committed.get(id));
    if (moved.length === 0) return Promise.resolve();
    committing ??= (async () => {
      await consumer.commitOffsets(moved.map(({ id, applied }) => ({ ...placeOf(id), offset: String(applied) })));
      for (const { id, applied } of moved) committed.set(id, applied);
    })()
      .catch(() => undefined)
      .finally(() => (committing = undefined));
    return committing;
  }

  const forget = announced.onGeneration((log, generation) => {
    for (const [id, partition] of partitions) if (logOf.get(placeOf(id).topic) === log) partition.isOf(generation);
  });
  const ended = persist(member, { ...how, group: options.group, log: options.logs.join(), signal });
  return {
    async lag() {
      const lags = Object.fromEntries(options.logs.map((log) => [log, 0]));
      for (const [id, partition] of partitions) lags[logOf.get(placeOf(id).topic)!]! += partition.lag();
      return lags;
    },
    async stop() {
      stopping.abort();
      forget();
      await stopAll();
      await ended;
    },
  };
}

const idOf = (topic: string, partition: number) => `${topic}/${partition}`;
const placeOf = (id: string) => {
  const slash = id.lastIndexOf('/');
  return { topic: id.slice(0, slash), partition: Number(id.slice(slash + 1)) };
};

/** Those who ask at the same time get one answer. */
function sharing<A, T>(ask: (about: A) => Promise<T>): (about: A) => Promise<T> {
  const asked = new Map<A, Promise<T>>();
  return (about) => {
    let answer = asked.get(about);
    if (!answer) {
      answer = ask(about).finally(() => asked.delete(about));
      asked.set(about, answer);
    }
    return answer;
  };
}
