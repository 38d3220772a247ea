import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel, type KafkaMessage } from 'kafkajs';
import { kafkaBus, type EventBus, type KafkaBusOptions, type Outlet } from '#engines/event-bus';
import { sqliteEventStore, type EventStore } from '#engines/event-store';
import { openReadModels, type ReadModels } from '#engines/read-models';
import { openPublisher, type Publisher, type PublisherOptions } from '#runtime';
import { engineUnderTest } from '../../../../../tools/engines/under-test.mjs';

type Log = 'sales' | 'contacts';
const LOGS: Log[] = ['sales', 'contacts'];

export const atOnce = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs a suite against a real Kafka, or says by name why it cannot. */
export async function onKafka(suite: (address: string) => void): Promise<void> {
  const kafka = await engineUnderTest('kafka');
  const found = 'skipped' in kafka ? undefined : kafka;
  const run = found ? describe : describe.skip;
  run(`event bus: Kafka against ${found?.against ?? 'a real one'}`, () => {
    afterAll(() => found?.stop());
    if (found) suite(found.address);
    else it(String((kafka as { skipped: string }).skipped), () => undefined);
  });
}

/** Two logs on SQLite, read models, and Kafka under a name of their own. */
export type Bed = {
  logs: Record<Log, EventStore>;
  models: ReadModels;
  /** Of every topic's name. */
  prefix: string;
  bus(options?: Partial<KafkaBusOptions>): Promise<EventBus & { outlet(log: string): Outlet }>;
  /** Started; ended with the bed. */
  publisher(log: Log, bus: { outlet(log: string): Outlet }, options?: Partial<PublisherOptions>): Promise<Publisher>;
  /** Kafka itself, as an outsider sees it. */
  kafka: Kafka;
  /** Everything that stands in a topic, by partition. */
  messages(log: Log): Promise<KafkaMessage[][]>;
  close(): Promise<void>;
};

export async function testBed(address: string): Promise<Bed> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-'));
  const open = (log: Log) => sqliteEventStore({ log, file: join(folder, `${log}.db`) });
  const logs = { sales: open('sales'), contacts: open('contacts') };
  const models = openReadModels(join(folder, 'views.db'));
  const prefix = `t${randomUUID().slice(0, 8)}`;
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const buses: EventBus[] = [];
  const publishers: Publisher[] = [];
  return {
    logs,
    models,
    prefix,
    kafka,
    async bus(options = {}) {
      const bus = await kafkaBus({ brokers: [address], prefix, logs: LOGS, delay: atOnce, ...options });
      buses.push(bus);
      return bus;
    },
    async publisher(log, bus, options = {}) {
      const publisher = openPublisher({
        log: logs[log],
        outlet: bus.outlet(log),
        models,
        clock: Date.now,
        holder: randomUUID(),
        delay: atOnce,
        ...options,
      });
      publishers.push(publisher);
      await publisher.start();
      return publisher;
    },
    messages: (log) => everythingIn(kafka, `${prefix}.${log}`),
    async close() {
      for (const publisher of publishers) await publisher.stop();
      for (const bus of buses) await bus.close();
      await Promise.all(Object.values(logs).map((log) => log.close()));
      await models.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function everythingIn(kafka: Kafka, topic: string): Promise<KafkaMessage[][]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const found: KafkaMessage[][] = ends.map(() => []);
  const left = new Set(ends.filter(({ low, high }) => low !== high).map(({ partition }) => partition));
  const high = new Map(ends.map((end) => [end.partition, Number(end.high)]));
  const read = Promise.withResolvers<void>();
  if (left.size === 0) return found;
  const consumer = kafka.consumer({ groupId: `outsider-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      found[partition]!.push(message);
      if (Number(message.offset) + 1 >= high.get(partition)!) left.delete(partition);
      if (left.size === 0) read.resolve();
    },
  });
  await read.promise;
  await consumer.disconnect();
  return found;
}
