import { randomUUID } from 'node:crypto';
import { sampleEvents } from '../../event-store/samples.ts';
import { UNREADABLE, type BusBatch, type EventBus, type Outlet } from '#engines/event-bus';
import type { StoredEvent } from '#model';
import { consuming } from '../contract.ts';
import { onKafka, testBed, type Bed } from './testing/index.ts';

const STREAMS = Array.from({ length: 20 }, (_, n) => `sales.record/${n}`);

await onKafka((address) => {
  let bed: Bed;
  let bus: EventBus & { outlet(log: string): Outlet };
  let samples: ReturnType<typeof sampleEvents>;
  beforeEach(async () => {
    bed = await testBed(address);
    bus = await bed.bus();
    samples = sampleEvents();
  });
  afterEach(() => bed.close());
  /** `rounds` events of every stream, interleaved. */
  async function append(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) await bed.logs.sales.append(STREAMS.map((stream) => samples.next('acme', stream)));
  }
  const heard = async (group: string = randomUUID()) => {
    const consumer = await consuming({ bus, logs: bed.logs }, { group });
    await consumer.level();
    return consumer;
  };

  describe('a publisher', () => {
    it('beside another one repeats what the other has sent; nothing is left out, nothing comes out of order', async () => {
      await append(30);
      for (const _ of [1, 2, 3]) await bed.publisher('sales', await bed.bus(), { lease: 0 });
      await append(30);
      const { batches } = await heard();
      const given = batches.flatMap(({ events }) => events);
      expect(firsts(given)).toEqual(await everyRevision());
      expect(new Set(given.map(({ id }) => id)).size).toBe(given.length - repeats(given).length);
    });

    it('publishes alone while it holds the lease, and another goes on from its cursor when it ends', async () => {
      await append(2);
      let now = Date.now();
      const clock = () => now;
      const sent: Record<string, number> = { one: 0, other: 0 };
      const counting = (name: string) => ({ outlet: (log: string) => counted(bus.outlet(log), (events) => (sent[name]! += events)) });
      const first = await bed.publisher('sales', counting('one'), { holder: 'one', clock });
      await heard();
      await bed.publisher('sales', counting('other'), { holder: 'other', clock, lease: 60 });
      await append(2);
      await heard();
      expect(sent).toEqual({ one: 80, other: 0 });
      await first.stop();
      now += 60_000;
      await append(1);
      expect((await heard()).batches.flatMap(({ events }) => events)).toHaveLength(100);
      expect(sent).toEqual({ one: 80, other: 20 });
    });

    it('whose cursor could not be moved sends again what it has sent', async () => {
      await append(3);
      let failures = 2;
      const models = {
        ...bed.models,
        save: async (writes: Parameters<typeof bed.models.save>[0]) => {
          if (writes.some(({ collection, doc }) => collection === 'published@1' && (doc?.position as number) > 0) && failures-- > 0)
            throw new Error('the read models are away');
          return bed.models.save(writes);
        },
      };
      await bed.publisher('sales', bus, { models });
      const { batches, until } = await heard();
      const given = () => batches.flatMap(({ events }) => events);
      await until(() => repeats(given()).length === 2 * 60);
      expect(firsts(given())).toEqual(await everyRevision());
    });

    it('says how old the oldest event is that it has not sent', async () => {
      const { recordedAt } = (await bed.logs.sales.append([samples.next('acme', STREAMS[0]!)]), (await bed.logs.sales.readLog(0, 1))[0]!);
      const publisher = await bed.publisher('sales', bus, {
        clock: () => Date.parse(recordedAt) + 5_000,
        outlet: stuck(bus.outlet('sales')),
      });
      expect(await publisher.status()).toMatchObject({ log: 'sales', position: 0, head: 1, age: 5_000 });
    });
  });

  describe('a group', () => {
    it('shares the partitions: members come and go, and together they have everything, each stream in order', async () => {
      await bed.publisher('sales', bus);
      // What a lane does: where it is, is kept; what it has applied already changes nothing.
      const kept = new Map<number, BusBatch['cursor']>();
      const applied: StoredEvent[] = [];
      const member = async () => {
        const own = await bed.bus();
        return consuming(
          { bus: own, logs: bed.logs },
          {
            batch: 7,
            from: async (_, partition) => kept.get(partition),
            async onBatch({ partition, events, cursor }) {
              await new Promise((resolve) => setImmediate(resolve));
              applied.push(...events);
              const before = kept.get(partition);
              if (!before || before.offset! < cursor.offset!) kept.set(partition, cursor);
            },
          },
        );
      };
      const first = await member();
      await append(10);
      const second = await member();
      await append(10);
      const third = await member();
      await append(10);
      await first.consumer.stop();
      await append(10);
      await second.consumer.stop();
      const head = await bed.logs.sales.head();
      await third.until(() => bus.reached('sales', kept) >= head);
      expect(firsts(applied)).toEqual(await everyRevision());
    });

    it('has its offsets committed for those who watch them, and begins where its cursors say all the same', async () => {
      await append(2);
      await bed.publisher('sales', bus);
      const { consumer, batches } = await heard('views');
      await consumer.stop();
      const admin = bed.kafka.admin();
      await admin.connect();
      const [offsets] = await admin.fetchOffsets({ groupId: `${bed.prefix}.views`, topics: [`${bed.prefix}.sales`] });
      const ends = await admin.fetchTopicOffsets(`${bed.prefix}.sales`);
      await admin.disconnect();
      const committed = Object.fromEntries(offsets!.partitions.map(({ partition, offset }) => [partition, offset]));
      for (const { partition, high } of ends) expect(committed[partition]).toBe(high === '0' ? '-1' : high);
      expect((await heard('views')).ids().length).toBe(batches.flatMap(({ events }) => events).length);
    });
  });

  describe('a message that cannot be read', () => {
    it.each([
      ['no JSON', { value: '{"note":', headers: {} }],
      ['no attributes', { value: '{}', headers: {} }],
      ['a list', { value: '[]', headers: { ce_id: 'x' } }],
      ['nothing', { value: null, headers: { ce_id: 'x' } }],
    ])('(%s) is given in its place, with all its bytes, and holds up nobody', async (_, { value, headers }) => {
      await append(1);
      await bed.publisher('sales', bus);
      await heard();
      const producer = bed.kafka.producer();
      await producer.connect();
      await producer.send({ topic: `${bed.prefix}.sales`, messages: [{ key: `acme/${STREAMS[3]}`, value, headers }] });
      await producer.disconnect();
      await append(1);
      const { batches } = await heard();
      const events = batches.flatMap((batch) => batch.events);
      const ofStream = events.filter(({ stream }) => stream === STREAMS[3]);
      expect(ofStream.map(({ type, revision }) => (type === UNREADABLE ? UNREADABLE : revision))).toEqual([1, UNREADABLE, 2]);
      expect(events).toHaveLength(41);
      const broken = ofStream[1]!;
      expect(broken).toMatchObject({ tenant: 'acme', revision: 0, id: expect.stringMatching(/\.sales\/\d+@1#\?$/) });
      expect(broken.data.value).toBe(value === null ? null : Buffer.from(value).toString('base64'));
      expect(String(broken.data.reason)).not.toContain('note');
    });
  });

  const everyRevision = async () => firsts(await bed.logs.sales.readLog(0, 100_000));
});

/** Revisions by stream, in the order of their first occurrence. */
function firsts(events: StoredEvent[]): Record<string, number[]> {
  const seen = new Set<string>();
  const found: Record<string, number[]> = {};
  for (const { id, stream, revision } of events) if (!seen.has(id) && seen.add(id)) (found[stream] ??= []).push(revision);
  return found;
}
function repeats(events: StoredEvent[]): StoredEvent[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => seen.has(id) || !seen.add(id));
}

const counted = (outlet: Outlet, count: (events: number) => void): Outlet => ({
  ...outlet,
  send: async (events, from) => {
    const sent = await outlet.send(events, from);
    count(events.length);
    return sent;
  },
});
const stuck = (outlet: Outlet): Outlet => ({ ...outlet, prepare: async () => Promise.reject(new Error('Kafka is away')) });
