import { sampleEvents } from '../event-store/samples.ts';
import type { EventStore } from '#engines/event-store';
import type { BusBatch, Consumer, EventBus } from './port.ts';

/** Two empty logs, `sales` and `contacts`, and a bus that carries what is appended to them; it tries again without waiting. */
export type BusUnderTest = { bus: EventBus; logs: Record<'sales' | 'contacts', EventStore>; close(): Promise<void> };

const TENANT = 'acme';

/** What every bus promises, whichever engine it stands on. */
export function eventBusContract(name: string, make: () => Promise<BusUnderTest>) {
  describe(`event bus: ${name}`, () => {
    let under: BusUnderTest;
    let samples: ReturnType<typeof sampleEvents>;
    beforeEach(async () => {
      under = await make();
      samples = sampleEvents();
    });
    afterEach(() => under.close());

    const append = (log: 'sales' | 'contacts', id: string, count = 1) =>
      under.logs[log].append([samples.next(TENANT, `${log}.record/${id}`, count)]);

    /** Consumes into an array; `level(n)` waits until n partitions' notices of being level have come in all. */
    async function consume(options: Partial<Parameters<EventBus['consume']>[0]> = {}) {
      const batches: BusBatch[] = [];
      const levels: [string, number, number][] = [];
      const waiting: { count: number; resolve: () => void }[] = [];
      const consumer = await under.bus.consume({
        group: 'views',
        logs: ['sales'],
        from: async () => 0,
        onBatch: async (batch) => void batches.push(batch),
        onLevel(log, partition, position) {
          levels.push([log, partition, position]);
          for (const { count, resolve } of waiting) if (levels.length >= count) resolve();
        },
        ...options,
      });
      const level = (count: number) =>
        new Promise<void>((resolve) => (levels.length >= count ? resolve() : waiting.push({ count, resolve })));
      const ids = () => batches.flatMap(({ events }) => events.map(({ id }) => id));
      return { consumer, batches, levels, level, ids };
    }

    const stored = async (log: 'sales' | 'contacts', after = 0) => (await under.logs[log].readLog(after, 1000)).map(({ id }) => id);

    it('gives everything stored and everything that comes, each stream in order', async () => {
      await append('sales', 'a', 3);
      const { levels, level, batches, ids } = await consume();
      await level(1);
      await append('sales', 'b', 2);
      await append('sales', 'a', 2);
      const head = await under.logs.sales.head();
      while (levels.at(-1)![2] < head) await level(levels.length + 1);
      expect(ids().sort()).toEqual((await stored('sales')).sort());
      const ofA = batches.flatMap(({ events }) => events).filter(({ stream }) => stream.endsWith('/a'));
      expect(ofA.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    });

    it('continues after the position its consumer names', async () => {
      await append('sales', 'a', 10);
      const first = await consume({ batch: 4 });
      await first.level(1);
      await first.consumer.stop();
      const { partition, last } = first.batches[0]!;
      const second = await consume({ from: async (_, of) => (of === partition ? last : 0) });
      await second.level(1);
      expect(second.ids()).toEqual(first.ids().slice(first.batches[0]!.events.length));
    });

    it('gives whole batches, none larger than asked', async () => {
      await append('sales', 'a', 10);
      const { level, batches } = await consume({ batch: 4 });
      await level(1);
      expect(Math.max(...batches.map(({ events }) => events.length))).toBeLessThanOrEqual(4);
      expect(batches.flatMap(({ events }) => events)).toHaveLength(10);
      expect(batches.map(({ last }) => last)).toEqual(batches.map(({ events }) => events.at(-1)!.position));
    });

    it('tries a failed batch again until it succeeds, and lets later ones wait', async () => {
      await append('sales', 'a', 6);
      const tried: number[] = [];
      let failures = 3;
      const { level } = await consume({
        batch: 3,
        async onBatch({ events }) {
          tried.push(events[0]!.revision);
          if (failures-- > 0) throw new Error('the read models are away');
        },
      });
      await level(1);
      expect(tried).toEqual([1, 1, 1, 1, 4]);
    });

    it('tries again when the place to start at cannot be read yet', async () => {
      await append('sales', 'a', 2);
      let failures = 2;
      const { level, ids } = await consume({
        async from() {
          if (failures-- > 0) throw new Error('the read models are away');
          return 0;
        },
      });
      await level(1);
      expect(ids()).toHaveLength(2);
    });

    it('gives the next batch of a partition only when the one before has been applied', async () => {
      await append('sales', 'a', 4);
      let running = 0;
      let most = 0;
      const { level } = await consume({
        batch: 1,
        async onBatch() {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
        },
      });
      await level(1);
      expect(most).toBe(1);
    });

    it('ends after the batch under way, and gives nothing more', async () => {
      await append('sales', 'a', 4);
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      let applied = 0;
      const { consumer } = await consume({
        batch: 1,
        async onBatch() {
          begun.resolve();
          await finish.promise;
          applied++;
        },
      });
      await begun.promise;
      let stopped = false;
      const stopping = consumer.stop().then(() => (stopped = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect(stopped).toBe(false);
      finish.resolve();
      await stopping;
      await append('sales', 'a');
      expect(applied).toBe(1);
    });

    it('can be stopped while a batch keeps failing', async () => {
      await append('sales', 'a');
      const failed = Promise.withResolvers<void>();
      const { consumer, levels } = await consume({
        async onBatch() {
          failed.resolve();
          throw new Error('the read models are away');
        },
      });
      await failed.promise;
      await consumer.stop();
      expect(levels).toEqual([]);
    });

    it('says when a partition is level, and again after every time it fell behind', async () => {
      const { levels, level } = await consume();
      await level(1);
      const { position } = await append('sales', 'a');
      await level(2);
      expect(levels[1]).toEqual(['sales', expect.any(Number), position]);
    });

    it('follows several logs at once, one failing without holding up another', async () => {
      await append('sales', 'a', 2);
      await append('contacts', 'b', 3);
      const got: BusBatch[] = [];
      let stuck = true;
      const { level, consumer } = await consume({
        logs: ['sales', 'contacts'],
        async onBatch(batch) {
          if (stuck && batch.log === 'sales') throw new Error('cannot be applied yet');
          got.push(batch);
        },
      });
      await level(1);
      expect(got.flatMap(({ log, events }) => events.map(() => log))).toEqual(['contacts', 'contacts', 'contacts']);
      expect(await consumer.lag()).toMatchObject({ contacts: 0, sales: expect.any(Number) });
      stuck = false;
      await level(2);
      expect(got.flatMap(({ events }) => events)).toHaveLength(5);
      expect(await consumer.lag()).toEqual({ sales: 0, contacts: 0 });
    });

    it('loses nothing of the kinds that are wanted, and comes past the rest', async () => {
      for (let i = 0; i < 3; i++)
        await under.logs.sales.append([samples.next(TENANT, `sales.deal/${i}`, 2), samples.next(TENANT, `sales.note/${i}`)]);
      const { batches, levels, level } = await consume({ kinds: { sales: ['sales.note'] } });
      await level(1);
      await under.logs.sales.append([samples.next(TENANT, 'sales.deal/9')]);
      const head = await under.logs.sales.head();
      while (levels.at(-1)![2] < head) await level(levels.length + 1);
      const notes = batches.flatMap(({ events }) => events.filter(({ stream }) => stream.startsWith('sales.note/')));
      expect(notes.map(({ stream }) => stream).sort()).toEqual(['sales.note/0', 'sales.note/1', 'sales.note/2']);
      expect(batches.at(-1)!.last).toBe(head);
    });

    it('gives every group everything', async () => {
      await append('sales', 'a', 3);
      const consumers = [await consume({ group: 'views' }), await consume({ group: 'figures' })];
      for (const { level, ids } of consumers) {
        await level(1);
        expect(ids()).toEqual(await stored('sales'));
      }
    });

    it('ends every consumer when it is closed', async () => {
      const { levels, level } = await consume();
      await level(1);
      await under.bus.close();
      await append('sales', 'a');
      expect(levels).toHaveLength(1);
    });

    it('refuses a log it does not know', async () => {
      const consumer: Promise<Consumer> = under.bus.consume({
        group: 'views',
        logs: ['nowhere'],
        from: async () => 0,
        onBatch: async () => {},
      });
      await expect(consumer).rejects.toThrow('nowhere');
    });
  });
}
