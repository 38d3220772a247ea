import { randomBytes } from 'node:crypto';
import { sampleEvents } from '../../event-store/samples.ts';
import { openSpans, type SpanStore } from '#engines/figures';
import { openVaultFile, type Vault } from '#engines/vault';
import { Count, defineEvent, Text, type Recorded } from '#model';
import { openSealer } from '#privacy';
import { followSpans, Freshness, keptStreams, type SpanSpec } from '#runtime';
import { onKafka, testBed, type Bed } from './testing/index.ts';

const said = { note: Text, n: Count };
const counting = (event: ReturnType<typeof defineEvent<string, typeof said>>) => ({
  event,
  start: true,
  apply: (state: { events: number } | undefined, _: Recorded) => ({ events: (state?.events ?? 0) + 1 }),
});
const SPEC: SpanSpec = {
  version: 1,
  kind: 'sales.deal',
  table: 'deals',
  columns: { events: 'whole' },
  handlers: [counting(defineEvent('sales.deal.noted', said)), counting(defineEvent('sales.deal.changed', said))],
  values: (state) => ({ events: (state as { events: number }).events }),
};
const STREAMS = Array.from({ length: 24 }, (_, n) => `sales.deal/${n}`);

await onKafka((address) => {
  let bed: Bed;
  let vault: Vault;
  let samples: ReturnType<typeof sampleEvents>;
  const stores: SpanStore[] = [];
  beforeEach(async () => {
    bed = await testBed(address);
    vault = openVaultFile(':memory:', { masterKey: randomBytes(32) });
    samples = sampleEvents();
    await bed.publisher('sales', await bed.bus());
  });
  afterEach(async () => {
    await bed.close();
    for (const store of stores.splice(0)) await store.close();
    await vault.close();
  });
  const append = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) await bed.logs.sales.append(STREAMS.map((stream) => samples.next('acme', stream)));
    return bed.logs.sales.head();
  };
  async function open() {
    const store = await openSpans(':memory:');
    stores.push(store);
    return store;
  }
  /** A replica of analytics: it can read no log but what the bus brings. */
  async function follow(store: SpanStore, replica: string) {
    const bus = await bed.bus();
    const freshness = new Freshness(['sales'], { bus });
    bus.onReached(() => freshness.wake());
    let batches = 0;
    const consumer = await followSpans({
      store: {
        ...store,
        replace: async (...args) => {
          batches++;
          await store.replace(...args);
        },
      },
      specs: [SPEC],
      bus,
      streams: await keptStreams(bed.models),
      sealer: openSealer({ vault, clock: Date.now, grant: 'none' }),
      replica,
      onApplied: (applied) => freshness.applied(applied),
    });
    return { freshness, consumer, batches: () => batches };
  }
  /** The records there are, and how many events the present knows of all together. */
  const counted = async (store: SpanStore) =>
    (
      await store.ask(
        `SELECT count(*) AS deals, CAST(sum(events) AS BIGINT) AS events FROM deals WHERE valid_to = '9999' AND known_to = '9999'`,
        [],
      )
    )[0];

  describe('figures', () => {
    it('are read by every replica by itself, of all partitions, and go on where each has been', async () => {
      const [one, other] = [await open(), await open()];
      const position = await append(5);
      const running = [await follow(one, 'one'), await follow(other, 'other')];
      for (const { freshness } of running) await freshness.wait({ log: 'sales', partition: 0, position });
      for (const store of [one, other]) expect(await counted(store)).toEqual({ deals: 24n, events: 120n });
      await running[0]!.consumer.stop();
      const later = await append(1);
      const again = await follow(one, 'one');
      await again.freshness.wait({ log: 'sales', partition: 0, position: later });
      expect(await counted(one)).toEqual({ deals: 24n, events: 144n });
      // A batch per partition for what came meanwhile, none for what it had.
      expect(again.batches()).toBeLessThanOrEqual(12);
    });
  });
});
