import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleEvents } from '../../event-store/samples.ts';
import type { EventBus, Outlet } from '#engines/event-bus';
import * as launcher from '../../../../tools/engines/kafka.mjs';
import { freePort } from '../../../../tools/engines/process.mjs';
import { startProxy } from '../../../../tools/engines/proxy.mjs';
import { consuming } from '../contract.ts';
import { testBed, type Bed } from './testing/index.ts';

const STREAMS = Array.from({ length: 10 }, (_, n) => `sales.record/${n}`);

// A broker of its own, to be killed and held back.
const lacking = await launcher.missing();
const run = lacking ? describe.skip : describe;
run('event bus: Kafka against one that fails', () => {
  let folder: string;
  let broker: Awaited<ReturnType<typeof launcher.start>>;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let bed: Bed;
  let bus: EventBus & { outlet(log: string): Outlet };
  let reader: Awaited<ReturnType<typeof consuming>>;
  let troubled: PromiseWithResolvers<void> | undefined;
  let samples: ReturnType<typeof sampleEvents>;
  let further: NonNullable<Parameters<typeof launcher.start>[0]['further']>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broker-'));
    const port = await freePort();
    proxy = await startProxy(port);
    further = [{ name: 'PROXIED', port, advertised: proxy.port }];
    broker = await launcher.start({ folder, further });
  }, 120_000);
  afterAll(async () => {
    await broker.stop();
    await proxy.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    proxy.pass();
    bed = await testBed(`127.0.0.1:${proxy.port}`);
    const delay = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(1_000, 50 * attempt)));
    bus = await bed.bus({ delay });
    samples = sampleEvents();
    await bed.publisher('sales', bus, { delay, onTrouble: () => troubled?.resolve() });
    reader = await consuming({ bus, logs: bed.logs });
  });
  afterEach(async () => {
    proxy.pass();
    await bed.close();
  });
  async function append(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) await bed.logs.sales.append(STREAMS.map((stream) => samples.next('acme', stream)));
  }
  /** Every stream's revisions in the order in which they were first given. */
  function given(batches = reader.batches) {
    const seen = new Set<string>();
    const found = new Map<string, number[]>(STREAMS.map((stream) => [stream, []]));
    for (const { id, stream, revision } of batches.flatMap(({ events }) => events))
      if (!seen.has(id) && seen.add(id)) found.get(stream)!.push(revision);
    return found;
  }
  const every = (rounds: number) => new Map(STREAMS.map((stream) => [stream, Array.from({ length: rounds }, (_, n) => n + 1)]));

  it.each([
    ['answers late', () => proxy.delay(400), () => reader.level()],
    ['is cut off for a while', () => proxy.cut(), () => troubled!.promise],
    ['takes what it is sent and never answers', () => proxy.stall(), () => troubled!.promise],
  ])(
    'loses nothing and keeps the order when the broker %s',
    async (_, begin, until) => {
      await append(5);
      await reader.level();
      troubled = Promise.withResolvers();
      begin();
      await append(5);
      await until();
      proxy.pass();
      await append(5);
      await reader.level();
      expect(given()).toEqual(every(15));
    },
    120_000,
  );

  it('loses nothing and keeps the order when the broker is killed and started again', async () => {
    await append(5);
    await reader.level();
    await append(5);
    await broker.kill();
    await append(5);
    broker = await launcher.start({ folder, port: Number(broker.address.split(':')[1]), further });
    await append(5);
    await reader.level();
    expect(given()).toEqual(every(20));
  }, 180_000);

  it('gives a member’s partitions to another when it is silent for too long; what it was at does no harm', async () => {
    await append(1);
    await reader.level();
    const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const direct = await testBed(broker.address);
    const options = { prefix: bed.prefix };
    // It comes by the proxy, and is at a batch when nothing passes there any more.
    const slow = await consuming(
      { bus, logs: bed.logs },
      {
        group: 'shared',
        async onBatch() {
          begun.resolve();
          await finish.promise;
        },
      },
    );
    await begun.promise;
    const other = await consuming({ bus: await direct.bus(options), logs: bed.logs }, { group: 'shared' });
    proxy.stall();
    await other.until(() => new Set(other.ids()).size === STREAMS.length);
    proxy.pass();
    finish.resolve();
    await append(1);
    await reader.level();
    await slow.consumer.stop();
    await other.until(() => new Set(other.ids()).size === 2 * STREAMS.length);
    expect(given(other.batches)).toEqual(every(2));
    await direct.close();
  }, 120_000);
});
