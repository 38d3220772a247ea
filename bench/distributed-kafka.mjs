// Of distributed.mjs: Kafka by our adapter, beside kafkajs alone with the same messages in the same batches; then a projection that is new, over all of them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { note } from './table.mjs';

const BATCH = 500; // as many as a publisher sends at once
const STREAMS = 4; // events of each record
const DAY = Date.UTC(2026, 0, 1);

/** @param {string} address of a broker @param {string} folder for read models @param {number} count how many events */
export async function measureKafka(address, folder, count) {
  const [{ kafkaBus }, { hashed }] = await Promise.all([import('#engines/event-bus'), import('#model')]);
  const types = await import('#events/sales/product');
  const bus = await kafkaBus({ brokers: [address], prefix: 'bench', logs: ['sales'] });
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const batches = (from) => eventsOf(hashed, types, from, BATCH);

  const outlet = bus.outlet('sales');
  let published = await outlet.prepare(undefined);
  const ours = await sending(count, batches, async (events) => {
    published = await outlet.send(events, published);
    await outlet.announce(published);
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'bare', numPartitions: 12 }] });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  const bare = await sending(count, batches, async (events) => {
    const messages = events.map(({ data, hash, id, ...rest }) => ({
      key: rest.stream,
      value: JSON.stringify(data),
      headers: { id, hash, rest: JSON.stringify(rest) },
    }));
    await producer.send({ topic: 'bare', acks: -1, compression: CompressionTypes.GZIP, messages });
  });
  note(`publishing ${count.toLocaleString('en')} events`, ours, 'a second', {
    floor: bare,
    further: 'floor: kafkajs alone, batches of 500 too',
  });
  await producer.disconnect();
  await admin.disconnect();

  const consumed = await timed(count, () =>
    arrived(count, (onEvents) =>
      bus.consume({
        group: 'bench.consume',
        logs: ['sales'],
        from: async () => undefined,
        onBatch: async ({ events }) => onEvents(events.length),
      }),
    ),
  );
  const group = kafka.consumer({ groupId: 'bare' });
  await group.connect();
  await group.subscribe({ topic: 'bare', fromBeginning: true });
  const bareConsumed = await timed(count, () =>
    arrived(count, async (onEvents) => {
      await group.run({ eachBatch: async ({ batch }) => onEvents(batch.messages.map(({ value }) => JSON.parse(value.toString())).length) });
      return { stop: () => group.disconnect() };
    }),
  );
  note('consuming them, checked and decoded', consumed, 'a second', {
    floor: bareConsumed,
    further: 'floor: kafkajs alone, values parsed',
  });

  await catchUp(bus, folder, count, types);
  await bus.close();
}

/** A lane of one new projection, on SQLite: what MongoDB would take longer says nothing of Kafka. */
async function catchUp(bus, folder, count, { ProductCreated }) {
  const [{ openProjector }, { openReadModels }, { openSealer }, model] = await Promise.all([
    import('#runtime'),
    import('#engines/read-models'),
    import('#privacy'),
    import('#model'),
  ]);
  const { Id, projection, start, Text } = model;
  const view = projection(
    'sales.bench-row',
    { id: Id, name: Text },
    { version: 1, access: 'everyone' },
    start(ProductCreated, (e) => ({ id: e.recordId, name: e.data.name })),
  );
  mkdirSync(folder, { recursive: true });
  const models = openReadModels(join(folder, 'views.db'));
  const parts = { service: 'contacts', views: [view], reactions: [], deciders: new Map(), logs: ['sales'] };
  const engines = { models, bus, sealer: openSealer({ vault: undefined, clock: Date.now }), clock: Date.now };
  const projector = openProjector(parts, engines, {});
  const rate = await timed(count, async () => {
    await projector.start();
    await projector.caughtUp();
  });
  note(`catch-up of a new projection over ${count.toLocaleString('en')} events`, rate, 'a second', {
    further: `${(count / rate).toFixed(1)} s, a row for every ${STREAMS} events, on SQLite`,
  });
  await projector.stop();
  await models.close();
}

/** Resolves when so many have come to whatever `follow` starts. */
async function arrived(count, follow) {
  const all = Promise.withResolvers();
  let left = count;
  const consumer = await follow((events) => (left -= events) <= 0 && all.resolve());
  await all.promise;
  await consumer.stop();
}

/** Sends batch after batch; making them is not counted. @returns how many a second */
async function sending(count, batches, send) {
  let spent = 0;
  for (let at = 0; at < count; at += BATCH) {
    const events = batches(at);
    const began = performance.now();
    await send(events);
    spent += performance.now() - began;
  }
  return Math.round((count * 1000) / spent);
}

/** @returns how many a second */
async function timed(count, work) {
  const began = performance.now();
  await work();
  return Math.round((count * 1000) / (performance.now() - began));
}

/** Events of the log from a position: of each record its creation, and then removed and restored. */
function eventsOf(hashed, { ProductCreated, ProductRemoved, ProductRestored }, from, size) {
  let previous = '';
  return Array.from({ length: size }, (_, n) => {
    const at = from + n;
    const revision = (at % STREAMS) + 1;
    if (revision === 1) previous = '';
    const type = revision === 1 ? ProductCreated : revision % 2 ? ProductRestored : ProductRemoved;
    const stream = `sales.product/0193a000-0000-7000-8000-${String(Math.floor(at / STREAMS)).padStart(12, '0')}`;
    const when = new Date(DAY + at).toISOString();
    const event = {
      id: `0193a000-0000-5000-8000-${String(at).padStart(12, '0')}`,
      type: type.type,
      schemaVersion: type.version,
      tenant: 'main',
      stream,
      revision,
      recordedAt: when,
      occurredAt: when,
      actor: 'system',
      commandId: `c${at}`,
      bodyHash: '0'.repeat(64),
      correlationId: `c${at}`,
      causationId: `c${at}`,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      about: [stream],
      data: revision === 1 ? { name: `Product ${at}`, code: `P-${at}`, prices: [], active: true } : {},
    };
    const made = hashed(event, previous);
    previous = made.hash;
    return { ...made, position: at + 1 };
  });
}
