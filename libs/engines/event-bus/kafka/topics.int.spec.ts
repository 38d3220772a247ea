import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import { sampleEvents } from '../../event-store/samples.ts';
import { OutletRefused, type EventBus, type Outlet } from '#engines/event-bus';
import type { EventStore } from '#engines/event-store';
import { canonical, defineEvent, hashOf, Text } from '#model';
import { consuming } from '../contract.ts';
import { onKafka, testBed, type Bed } from './testing/index.ts';

const Secret = defineEvent('sales.record.secret-set', { hash: Text }, { internal: true });

await onKafka((address) => {
  let bed: Bed;
  let bus: EventBus & { outlet(log: string): Outlet };
  let admin: Admin;
  let samples: ReturnType<typeof sampleEvents>;
  beforeEach(async () => {
    bed = await testBed(address);
    bus = await bed.bus();
    admin = bed.kafka.admin();
    await admin.connect();
    samples = sampleEvents();
  });
  afterEach(async () => {
    await admin.disconnect();
    await bed.close();
  });
  const topic = () => `${bed.prefix}.sales`;
  const append = (id: string, count = 1) => bed.logs.sales.append([samples.next('acme', `sales.record/${id}`, count)]);
  const make = (configEntries: { name: string; value: string }[], numPartitions = 12) =>
    admin.createTopics({ topics: [{ topic: topic(), numPartitions, configEntries }] });
  const heard = async () => {
    const consumer = await consuming({ bus, logs: bed.logs }, { group: randomUUID() });
    await consumer.level();
    return consumer;
  };
  const idsIn = async () => (await bed.messages('sales')).map((list) => list.map(({ headers }) => headers!.ce_id?.toString()));

  describe('a topic', () => {
    it('is made so that it keeps everything, in twelve partitions', async () => {
      await bus.outlet('sales').prepare(undefined);
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic()] });
      const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: topic() }] });
      const settings = Object.fromEntries(resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]));
      expect(topics[0]!.partitions).toHaveLength(12);
      expect(settings).toMatchObject({ 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete' });
    });

    it.each([
      ['retention.ms', '604800000', 'Set it to -1'],
      ['retention.bytes', '1000000000', 'Set it to -1'],
      ['cleanup.policy', 'compact', 'Set it to delete'],
      ['unclean.leader.election.enable', 'true', 'Set it to false'],
      ['max.message.bytes', '100000', 'Set it to'],
      ['compression.type', 'zstd', 'Set it to producer'],
    ])('is refused with %s=%s, by sender and reader', async (name, value, hint) => {
      const others = ['retention.ms', 'retention.bytes'].filter((one) => one !== name).map((one) => ({ name: one, value: '-1' }));
      await make([...others, { name, value }]);
      const refusal = await bus
        .outlet('sales')
        .prepare(undefined)
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(OutletRefused);
      expect((refusal as Error).message).toMatch(new RegExp(`${name}=${value}.*${hint}`));
      const troubled = Promise.withResolvers<unknown>();
      const reader = await bed.bus({ onTrouble: ({ error }) => troubled.resolve(error) });
      await reader.consume({ group: 'views', logs: ['sales'], from: async () => undefined, onBatch: async () => {} });
      expect(String(await troubled.promise)).toContain(`${name}=${value}`);
    });

    it('is refused with another number of partitions', async () => {
      await make([{ name: 'retention.ms', value: '-1' }], 3);
      await expect(bus.outlet('sales').prepare(undefined)).rejects.toThrow(/3 partitions and must have 12.*topics republish sales/);
    });
  });

  describe('a message', () => {
    it('is a CloudEvent in binary mode, keyed by tenant and stream, with everything that is recorded', async () => {
      await append('a');
      await bed.publisher('sales', bus);
      await heard();
      const [event] = await bed.logs.sales.readLog(0, 1);
      const [message] = (await bed.messages('sales')).flat();
      const headers = Object.fromEntries(Object.entries(message!.headers!).map(([name, value]) => [name, String(value)]));
      expect(message!.key!.toString()).toBe('acme/sales.record/a');
      expect(message!.timestamp).toBe(String(Date.parse(event!.recordedAt)));
      expect(JSON.parse(message!.value!.toString())).toEqual(event!.data);
      expect(headers).toEqual({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: event!.id,
        ce_source: '/services/sales',
        ce_type: event!.type,
        ce_subject: event!.stream,
        ce_time: event!.recordedAt,
        ce_dataschema: `/api/events/schemas/${event!.type}/1.json`,
        ce_tenant: 'acme',
        ce_revision: '1',
        ce_position: String(event!.position),
        ce_occurredat: event!.occurredAt,
        ce_actor: event!.actor,
        ce_commandid: event!.commandId,
        ce_bodyhash: event!.bodyHash,
        ce_correlationid: event!.correlationId,
        ce_causationid: event!.causationId,
        ce_traceparent: event!.traceparent,
        ce_hash: event!.hash,
        ce_about: event!.about.join(' '),
        ce_generation: '1',
      });
    });

    it('of an internal event is a mark that says nothing but that there is one; its own service reads it in its place', async () => {
      await append('a', 2);
      const last = (await bed.logs.sales.read('acme', 'sales.record/a')).at(-1)!;
      await internal(bed.logs.sales, last);
      samples.rewind('acme', 'sales.record/a', (await bed.logs.sales.read('acme', 'sales.record/a')).at(-1)!);
      await append('a');
      await bed.publisher('sales', bus);
      const theirs = await heard();
      const own = await consuming({ bus: await bed.bus({ own: bed.logs.sales }), logs: bed.logs }, { group: 'own' });
      await own.level();
      const stored = await bed.logs.sales.readLog(0, 10);
      expect(own.batches.flatMap(({ events }) => events)).toEqual(stored);
      expect(theirs.batches.flatMap(({ events }) => events)).toEqual(stored.filter(({ type }) => type !== Secret.type));
      const mark = (await bed.messages('sales')).flat().find(({ headers }) => !headers!.ce_id)!;
      expect([mark.key, mark.value, Object.keys(mark.headers!).sort()]).toEqual([null, null, ['ce_generation', 'ce_position']]);
      expect(canonical(JSON.stringify(await bed.messages('sales')))).not.toContain('scrypt');
    });

    it('takes the largest event a log takes', async () => {
      for (const id of ['a', 'b', 'c'])
        await bed.logs.sales.append([samples.next('acme', `sales.record/${id}`, 1, 'x'.repeat(511 * 1024))]);
      await bed.publisher('sales', bus);
      expect((await heard()).ids()).toHaveLength(3);
    });
  });

  describe('a generation', () => {
    const generations = async () =>
      new Set((await bed.messages('sales')).flat().map(({ headers }) => Number(String(headers!.ce_generation))));
    /** A publisher that has sent everything there is, and been stopped. */
    async function published() {
      const publisher = await bed.publisher('sales', bus);
      await heard();
      await publisher.stop();
    }

    it('is the first in a new topic', async () => {
      await append('a');
      await published();
      expect(await generations()).toEqual(new Set([1]));
    });

    it.each([
      ['is missing', { remade: false, full: false }],
      ['was emptied', { remade: true, full: false }],
      ['was made anew and filled again', { remade: false, full: true }],
    ])('is the next, from the first event, when the topic %s; whoever followed begins again', async (_, { remade, full }) => {
      for (const id of ['a', 'b', 'c']) await append(id, 3);
      await published();
      const first = await heard();
      await first.consumer.stop();
      const cursors = new Map(first.batches.map(({ partition, cursor }) => [partition, cursor]));
      await admin.deleteTopics({ topics: [topic()] });
      while ((await admin.listTopics()).includes(topic())) continue;
      if (remade) await make(['retention.ms', 'retention.bytes'].map((name) => ({ name, value: '-1' })));
      await append('d');
      const again = await bed.bus();
      await bed.publisher('sales', again);
      if (full) await (await consuming({ bus: again, logs: bed.logs }, { group: 'others' })).level();
      const second = await consuming({ bus: again, logs: bed.logs }, { from: async (__, partition) => cursors.get(partition) });
      await second.level();
      expect(await generations()).toEqual(new Set([2]));
      expect(second.ids().sort()).toEqual((await bed.logs.sales.readLog(0, 20)).map(({ id }) => id).sort());
      expect(new Set(second.batches.map(({ cursor }) => cursor.generation))).toEqual(new Set([2]));
    });

    it('ends when what was published is thrown away; readers that are there begin again by themselves', async () => {
      for (const id of ['a', 'b', 'c']) await append(id, 2);
      const publisher = await bed.publisher('sales', bus);
      const reader = await heard();
      expect(reader.ids()).toHaveLength(6);
      await publisher.republish();
      await reader.until(() => reader.batches.filter(({ cursor }) => cursor.generation === 2).flatMap(({ events }) => events).length === 6);
      await append('d');
      await reader.level();
      expect(await generations()).toEqual(new Set([2]));
      expect(await publisher.status()).toMatchObject({ generation: 2, position: await bed.logs.sales.head(), age: 0 });
    });

    it('does not begin when the topic was truncated: the publisher stops and names the command', async () => {
      await append('a', 4);
      await published();
      const partition = (await idsIn()).findIndex((ids) => ids.length > 0);
      await admin.fetchTopicOffsets(topic()); // kafkajs knows no topic it has not asked about
      await admin.deleteTopicRecords({ topic: topic(), partitions: [{ partition, offset: '2' }] });
      const told = Promise.withResolvers<string>();
      const other = await bed.bus();
      const publisher = await bed.publisher('sales', other, { alert: (message) => told.resolve(message) });
      expect(await told.promise).toMatch(/truncated.*before offset 2.*`rapport topics republish sales`/);
      await append('b');
      expect(await publisher.status()).toMatchObject({ position: 4, refused: expect.stringContaining('truncated') });
      const troubled = Promise.withResolvers<unknown>();
      const reader = await bed.bus({ onTrouble: ({ error }) => troubled.resolve(error) });
      const { batches } = await consuming({ bus: reader, logs: bed.logs });
      expect(String(await troubled.promise)).toMatch(/truncated.*topics republish sales/);
      expect(batches).toEqual([]);
      await publisher.republish();
      expect((await heard()).ids()).toHaveLength(5);
      expect((await publisher.status()).refused).toBeUndefined();
    });

    it('is remembered when the publisher has lost its memory', async () => {
      await append('a', 2);
      await published();
      await bed.models.clear('published@1');
      await append('b');
      await published();
      expect((await idsIn()).flat().filter((id) => id)).toHaveLength(3);
    });
  });
});

/** The next event of a stream, one that stays at home. */
async function internal(log: EventStore, last: Awaited<ReturnType<EventStore['read']>>[number]) {
  const { position: _, hash: __, ...rest } = last;
  const body = { ...rest, id: `${last.id}-secret`, type: Secret.type, revision: last.revision + 1, data: { hash: 'scrypt$1' } };
  const event = { ...body, hash: hashOf(body, last.hash) };
  await log.append([{ tenant: last.tenant, stream: last.stream, expected: last.revision, events: [event] }]);
}
