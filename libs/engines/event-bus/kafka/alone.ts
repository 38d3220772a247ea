import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka, KafkaMessage } from 'kafkajs';
import { NO_LONGER } from './client.ts';

/** How long a fetch may wait for news, in ms; ending waits as long. */
const FETCH_WAIT = 250;

export type Alone = {
  topic: string;
  /** What the name of its group, which nobody else is in, begins with. */
  group: string;
  /** Or else only what comes from now on. */
  fromBeginning: boolean;
  signal: AbortSignal;
  /** Told that it has got going. */
  going: () => void;
};

/** Reads a whole topic by itself, until the signal aborts. Rejects when the connection breaks off. */
export async function readAlone(kafka: Kafka, how: Alone, each: (message: KafkaMessage) => void): Promise<void> {
  const { topic, group, fromBeginning, signal, going } = how;
  const consumer = kafka.consumer({ groupId: `${group}.${randomUUID()}`, maxWaitTimeInMs: FETCH_WAIT, retry: NO_LONGER });
  const broken = brokenOff(consumer, signal);
  consumer.on(consumer.events.GROUP_JOIN, going);
  const started = (async () => {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning });
    if (signal.aborted) return;
    await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => each(message) });
  })();
  try {
    await Promise.race([started.then(() => broken), broken]);
  } finally {
    // One that is still getting ready would go on with it after its end.
    await started.catch(() => undefined);
    await consumer.disconnect();
  }
}

/** Rejects when a consumer has crashed, resolves when the signal aborts. */
export function brokenOff(consumer: Consumer, signal: AbortSignal): Promise<void> {
  const ended = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  if (signal.aborted) ended.resolve();
  ended.promise.catch(() => undefined); // it is waited for later
  return ended.promise;
}
