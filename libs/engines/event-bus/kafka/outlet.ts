import { CompressionTypes, type Kafka, type Message, type Producer } from 'kafkajs';
import type { StoredEvent } from '#model';
import type { Outlet, Published } from '../port.ts';
import { encode, sizeOf } from './message.ts';
import { NO_LONGER } from './client.ts';
import type { Announced } from './progress.ts';
import { PARTITIONS, type Topics } from './topics.ts';

/** At most so much in one request, in bytes: what brokers take at least, of a partition, without being told. */
const REQUEST_SIZE = 900 * 1024;
const ACKNOWLEDGED_WITHIN = 5_000;

/** The way of a log into its topic. */
export function topicOutlet(kafka: Kafka, topics: Topics, announced: Announced, log: string): Outlet {
  const topic = topics.nameOf(log);
  let producer: Producer | undefined;

  async function hangUp(): Promise<void> {
    const former = producer;
    producer = undefined;
    await former?.disconnect();
  }

  /**
   * A producer of its own for everything from one `prepare` to the next. When sending has failed, kafkajs may give the numbers of what did arrive to
   * what comes after; the broker would take that for a repeat and drop it. So nobody who has failed sends again.
   */
  async function connect(): Promise<void> {
    await hangUp();
    const made = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: NO_LONGER });
    await made.connect();
    producer = made;
  }

  async function acknowledged(messages: Message[], ends: number[]): Promise<void> {
    if (!producer) throw new Error(`sending to ${topic} has failed before; it is to be prepared anew`);
    const sender = producer;
    let answers;
    try {
      answers = await sender.send({ topic, acks: -1, timeout: ACKNOWLEDGED_WITHIN, compression: CompressionTypes.GZIP, messages });
    } catch (error) {
      await hangUp();
      throw error;
    }
    const counts = Map.groupBy(messages, ({ partition }) => partition!);
    for (const { partition, baseOffset } of answers) {
      const first = Number(baseOffset ?? -1);
      if (first >= 0 && first < ends[partition]!) {
        await hangUp();
        throw new Error(`the topic ${topic} was made anew while it was being sent to`);
      }
      // A repeat that the broker had already is answered without a place: it lies before the end.
      ends[partition] = first >= 0 ? first + counts.get(partition)!.length : ((await topics.ends(topic))[partition]?.high ?? 0);
    }
  }

  return {
    async prepare(remembered) {
      await topics.prepare(log);
      await topics.prepareProgress();
      const memory = remembered ?? (await announced.latest(log));
      const ends = await topics.ends(topic);
      const high = Array.from({ length: PARTITIONS }, (_, partition) => ends[partition]?.high ?? 0);
      const none = high.map(() => 0);
      const empty = high.every((offset) => offset === 0);
      await connect();
      if (!memory) {
        if (!empty) throw topics.unknown(log);
        return { generation: 1, position: 0, ends: none };
      }
      if (empty && memory.position > 0) return { generation: memory.generation + 1, position: 0, ends: none };
      for (const [partition, found] of ends.entries()) topics.mustBeWhole(log, partition, found, memory.ends[partition]);
      return { ...memory, ends: high };
    },

    async send(events: StoredEvent[], from: Published): Promise<Published> {
      const ends = [...from.ends];
      let request: Message[] = [];
      let size = 0;
      for (const event of events) {
        const message = encode(event, from.generation);
        const more = sizeOf(message);
        if (request.length > 0 && size + more > REQUEST_SIZE) {
          await acknowledged(request, ends);
          [request, size] = [[], 0];
        }
        request.push(message);
        size += more;
      }
      if (request.length > 0) await acknowledged(request, ends);
      return { generation: from.generation, position: events.at(-1)?.position ?? from.position, ends };
    },

    async announce(published) {
      await producer?.send({ topic: topics.progress, acks: -1, messages: [{ key: log, value: JSON.stringify(published) }] });
    },

    discard: () => topics.remove(log),
    close: hangUp,
  };
}
