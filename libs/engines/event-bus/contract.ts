import { sampleEvents } from '../event-store/samples.ts';
import type { EventStore } from '#engines/event-store';
import type { BusBatch, Consumer, Cursor, EventBus } from './port.ts';

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
    const consume = (options: Partial<Parameters<EventBus['consume']>[0]> = {}) => consuming(under, options);
    const stored = async (log: 'sales' | 'contacts', after = 0) => (await under.logs[log].readLog(after, 1000)).map(({ id }) => id);

    it('gives everything stored and everything that comes, each stream in order', async () => {
      await append('sales', 'a', 3);
      const { level, batches, ids } = await consume();
      await level();
      await append('sales', 'b', 2);
      await append('sales', 'a', 2);
      await level();
      expect(ids().sort()).toEqual((await stored('sales')).sort());
      const ofA = batches.flatMap(({ events }) => events).filter(({ stream }) => stream.endsWith('/a'));
      expect(ofA.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    });

    it('gives events as they are recorded, with all they say', async () => {
      await append('sales', 'a', 3);
      const { level, batches } = await consume();
      await level();
      expect(batches.flatMap(({ events }) => events)).toEqual(await under.logs.sales.readLog(0, 10));
    });

    it('continues after the cursor its consumer names', async () => {
      await append('sales', 'a', 10);
      const first = await consume({ batch: 4 });
      await first.level();
      await first.consumer.stop();
      const { partition, cursor } = first.batches[0]!;
      const second = await consume({ from: async (_, of) => (of === partition ? cursor : undefined) });
      await second.level();
      expect(second.ids()).toEqual(first.ids().slice(first.batches[0]!.events.length));
    });

    it('gives whole batches, none larger than asked', async () => {
      await append('sales', 'a', 10);
      const { level, batches } = await consume({ batch: 4 });
      await level();
      expect(Math.max(...batches.map(({ events }) => events.length))).toBeLessThanOrEqual(4);
      expect(batches.flatMap(({ events }) => events)).toHaveLength(10);
      expect(batches.map(({ cursor }) => cursor.position)).toEqual(batches.map(({ events }) => events.at(-1)!.position));
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
      await level();
      expect(tried).toEqual([1, 1, 1, 1, 4]);
    });

    it('tries again when the place to start at cannot be read yet', async () => {
      await append('sales', 'a', 2);
      let failures = 2;
      const { level, ids } = await consume({
        async from() {
          if (failures-- > 0) throw new Error('the read models are away');
          return undefined;
        },
      });
      await level();
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
      await level();
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
      const { position } = await append('sales', 'a');
      const failed = Promise.withResolvers<void>();
      const { consumer, levels } = await consume({
        async onBatch() {
          failed.resolve();
          throw new Error('the read models are away');
        },
      });
      await failed.promise;
      await consumer.stop();
      expect(levels.filter(([, , cursor]) => cursor.position >= position)).toEqual([]);
    });

    it('says when a partition is level, and again after every time it fell behind', async () => {
      const { levels, until } = await consume();
      for (let time = 0; time < 3; time++) {
        const { position } = await append('sales', 'a');
        await until(() => levels.some(([log, , cursor]) => log === 'sales' && cursor.position === position));
      }
    });

    it('says how far everything has been given, where nothing happens too', async () => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await append('sales', id, 2);
      const head = await under.logs.sales.head();
      const { reached, until } = await consume({ logs: ['sales', 'contacts'] });
      await until(() => reached('sales') === head);
      expect([await under.bus.head('sales'), reached('contacts')]).toEqual([head, 0]);
    });

    it('follows several logs at once, one failing without holding up another', async () => {
      await append('sales', 'a', 2);
      const { position } = await append('contacts', 'b', 3);
      const got: BusBatch[] = [];
      let stuck = true;
      const { level, levels, until, consumer } = await consume({
        logs: ['sales', 'contacts'],
        async onBatch(batch) {
          if (stuck && batch.log === 'sales') throw new Error('cannot be applied yet');
          got.push(batch);
        },
      });
      await until(() => levels.some(([log, , cursor]) => log === 'contacts' && cursor.position === position));
      expect(got.flatMap(({ log, events }) => events.map(() => log))).toEqual(['contacts', 'contacts', 'contacts']);
      expect(await consumer.lag()).toMatchObject({ contacts: 0, sales: expect.any(Number) });
      stuck = false;
      await level();
      await until(() => levels.some(([log, , cursor]) => log === 'sales' && cursor.position > 0));
      expect(got.flatMap(({ events }) => events)).toHaveLength(5);
      expect(await consumer.lag()).toEqual({ sales: 0, contacts: 0 });
    });

    it('loses nothing of the kinds that are wanted, and comes past the rest', async () => {
      for (let i = 0; i < 3; i++)
        await under.logs.sales.append([samples.next(TENANT, `sales.deal/${i}`, 2), samples.next(TENANT, `sales.note/${i}`)]);
      const { batches, level } = await consume({ kinds: { sales: ['sales.note'] } });
      await level();
      await under.logs.sales.append([samples.next(TENANT, 'sales.deal/9')]);
      await level();
      const notes = batches.flatMap(({ events }) => events.filter(({ stream }) => stream.startsWith('sales.note/')));
      expect(notes.map(({ stream }) => stream).sort()).toEqual(['sales.note/0', 'sales.note/1', 'sales.note/2']);
    });

    it('gives every group everything', async () => {
      await append('sales', 'a', 3);
      const consumers = [await consume({ group: 'views' }), await consume({ group: 'figures' })];
      for (const { level, ids } of consumers) {
        await level();
        expect(ids()).toEqual(await stored('sales'));
      }
    });

    it('ends every consumer when it is closed', async () => {
      const { level, batches } = await consume();
      await level();
      await under.bus.close();
      await append('sales', 'a');
      expect(batches).toEqual([]);
    });

    it('refuses a log it does not know', async () => {
      const consumer: Promise<Consumer> = under.bus.consume({
        group: 'views',
        logs: ['sales', 'nowhere'],
        from: async () => undefined,
        onBatch: async () => {},
      });
      await expect(consumer).rejects.toThrow('nowhere');
    });
  });
}

/** Consumes into an array. */
export async function consuming(
  { bus, logs }: Pick<BusUnderTest, 'bus' | 'logs'>,
  options: Partial<Parameters<EventBus['consume']>[0]> = {},
) {
  const batches: BusBatch[] = [];
  const levels: [string, number, Cursor][] = [];
  const followed = options.logs ?? ['sales'];
  const cursors = new Map(followed.map((log) => [log, new Map<number, Cursor>()]));
  const looks = new Set<() => void>();
  const heard = () => {
    for (const look of looks) look();
  };
  bus.onReached(heard);
  const consumer = await bus.consume({
    group: 'views',
    logs: followed,
    from: async () => undefined,
    ...options,
    async onBatch(batch) {
      if (options.onBatch) await options.onBatch(batch);
      else batches.push(batch);
      cursors.get(batch.log)!.set(batch.partition, batch.cursor);
      heard();
    },
    onLevel(log, partition, cursor) {
      levels.push([log, partition, cursor]);
      cursors.get(log)!.set(partition, cursor);
      heard();
    },
  });
  /** Until it is so; looked at again whenever the consumer was given something. */
  const until = (done: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!done()) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
    });
  const reached = (log: string) => bus.reached(log, cursors.get(log)!);
  /** Until everything that was appended before has been given. */
  async function level() {
    for (const log of followed) {
      const head = await logs[log as 'sales'].head();
      await until(() => reached(log) >= head);
    }
  }
  const ids = () => batches.flatMap(({ events }) => events.map(({ id }) => id));
  return { consumer, batches, levels, level, until, reached, ids };
}
