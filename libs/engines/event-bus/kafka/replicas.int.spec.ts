import { randomBytes } from 'node:crypto';
import { sampleEvents } from '../../event-store/samples.ts';
import { openVaultFile, type Vault } from '#engines/vault';
import { by, Count, defineEvent, Id, List, projection, Ref, summary, Text, type AnyView, type EventType, type Recorded } from '#model';
import { openSealer } from '#privacy';
import { openProjector, openRuntime, type Engines, type Projector, type Runtime, type ServiceParts } from '#runtime';
import { onKafka, testBed, type Bed } from './testing/index.ts';

// What sample events are, as rows that remember every event they have seen: one twice, one missing or one out of order shows.
const said = { note: Text, n: Count };
const Noted = defineEvent('sales.deal.noted', said);
const Changed = defineEvent('sales.deal.changed', said);
type Row = { id: string; groupId: string; seen: number[] };
const seeing = (event: EventType<string, { note: string; n: number }>) => ({
  event,
  start: true,
  apply: (row: Row | undefined, e: Recorded<string, { note: string }>): Row => {
    if (e.data.note === broken.note) throw new Error('cannot be folded');
    return { id: e.recordId, groupId: 'g', seen: [...(row?.seen ?? []), e.revision] };
  },
});
const broken = { note: 'none' };
const rowOf = (version: number) =>
  projection(
    'sales.deal-row',
    { id: Id, groupId: Ref('sales.group'), seen: List(Count) },
    { version, access: 'everyone', indexes: [['groupId']] },
    seeing(Noted),
    seeing(Changed),
  );
const totalOf = (row: ReturnType<typeof rowOf>, version: number) =>
  summary(
    'sales.group-deals',
    { id: Ref('sales.group'), deals: Count, events: Count },
    { version, access: { of: 'id' }, from: { deals: by(row, 'groupId') } },
    (id, { deals }) => ({ id, deals: deals.length, events: deals.reduce((sum, { seen }) => sum + seen.length, 0) }),
  );
/** What is deployed: the same views, in another version, are another release. */
function release(version: number): ServiceParts {
  const row = rowOf(version);
  const views: AnyView[] = [row, totalOf(row, version)];
  return { service: 'sales', views, reactions: [], deciders: new Map(), logs: ['sales'] };
}

type Replica = { parts: ServiceParts; projector: Projector; runtime: Runtime; stop(): Promise<void> };
const STREAMS = Array.from({ length: 24 }, (_, n) => `sales.deal/${n}`);

await onKafka((address) => {
  let bed: Bed;
  let vault: Vault;
  let samples: ReturnType<typeof sampleEvents>;
  let running: Set<Replica>;
  beforeEach(async () => {
    bed = await testBed(address);
    vault = openVaultFile(':memory:', { masterKey: randomBytes(32) });
    samples = sampleEvents();
    running = new Set();
    broken.note = 'none';
    await bed.publisher('sales', await bed.bus());
  });
  afterEach(async () => {
    for (const replica of running) await replica.stop();
    await bed.close();
    await vault.close();
  });

  async function start(parts: ServiceParts): Promise<Replica> {
    const bus = await bed.bus({ own: bed.logs.sales });
    const engines: Engines = {
      log: bed.logs.sales,
      models: bed.models,
      bus,
      vault,
      sealer: openSealer({ vault, clock: Date.now }),
      clock: Date.now,
      tenants: { zone: () => 'UTC', checkCustom: () => [] },
    };
    const system = () => {
      throw new Error('nothing is done by the system here');
    };
    const runtime = await openRuntime(parts, engines, system, { shared: true });
    const projector = openProjector(parts, engines, {
      shared: true,
      onApplied: (applied) => runtime.freshness.applied(applied),
      onSwitched: () => runtime.storages.refresh(),
    });
    await projector.start();
    await runtime.storages.refresh();
    const replica: Replica = {
      parts,
      projector,
      runtime,
      async stop() {
        if (!running.delete(replica)) return;
        await projector.stop();
        await bus.close();
      },
    };
    running.add(replica);
    return replica;
  }
  async function append(rounds: number, note?: string, streams = STREAMS): Promise<number> {
    for (let round = 0; round < rounds; round++)
      await bed.logs.sales.append(streams.map((stream) => samples.next('acme', stream, 1, note)));
    return bed.logs.sales.head();
  }
  const level = (position: number) =>
    Promise.all([...running].map(({ runtime }) => runtime.freshness.until({ log: 'sales', partition: 0, position })));
  /** What a replica reads, wherever it reads it at present. */
  async function rows({ parts, runtime }: Replica) {
    const [row, total] = parts.views as [AnyView, AnyView];
    const keys = STREAMS.map((stream) => ({ tenant: 'acme', id: stream.slice(stream.indexOf('/') + 1) }));
    const found = await bed.models.load(runtime.storages.of(row), keys);
    const [group] = await bed.models.load(runtime.storages.of(total), [{ tenant: 'acme', id: 'g' }]);
    return { seen: found.map((one) => one?.doc.seen), group: group?.doc };
  }
  const everything = (count: number) => ({
    seen: STREAMS.map(() => Array.from({ length: count }, (_, at) => at + 1)),
    group: { id: 'g', deals: STREAMS.length, events: STREAMS.length * count },
  });

  describe('replicas of a release', () => {
    it('share its work: one more or one less under load loses nothing and doubles nothing', async () => {
      const parts = release(1);
      const first = await start(parts);
      await append(10);
      const second = await start(parts);
      await append(10);
      const third = await start(parts);
      await append(10);
      await first.stop();
      await append(10);
      await second.stop();
      await level(await append(10));
      expect(await rows(third)).toEqual(everything(50));
      const [groups] = await groupsOf();
      expect(groups).toHaveLength(1);
    });

    it('wait for what was written, whichever of them has applied it, and also where nothing else happens', async () => {
      const parts = release(1);
      const [one, other] = [await start(parts), await start(parts)];
      await level(await append(1));
      for (const stream of STREAMS.slice(0, 6)) {
        const position = await append(1, undefined, [stream]);
        for (const { runtime } of [one, other]) {
          await runtime.freshness.wait({ log: 'sales', partition: 0, position });
          const [row] = await bed.models.load('sales.deal-row@1', [{ tenant: 'acme', id: stream.slice(stream.indexOf('/') + 1) }]);
          expect(row!.doc.seen).toEqual([1, 2]);
        }
      }
    });

    it('follow a view to where one of them has built it anew', async () => {
      const parts = release(1);
      const [one, other] = [await start(parts), await start(parts)];
      await level(await append(5));
      await one.projector.rebuild('sales.deal-row');
      await append(5);
      await until(() => other.runtime.storages.of(parts.views[0]!) === 'sales.deal-row@1~2');
      await level(await append(5));
      for (const replica of [one, other]) expect(await rows(replica)).toEqual(everything(15));
    });

    it('hold a parked stream back wherever its partition goes, and let it go on from where it was', async () => {
      broken.note = 'unfoldable';
      const parts = release(1);
      const first = await start(parts);
      await append(2);
      await append(1, broken.note, [STREAMS[5]!]);
      await level(await append(1));
      await first.stop();
      const second = await start(parts);
      await level(await append(1));
      const parked = await second.projector.parking.list();
      expect(parked.map(({ stream, revision, first: cause }) => [stream, revision, cause])).toEqual([
        [STREAMS[5], 3, true],
        [STREAMS[5], 4, false],
        [STREAMS[5], 5, false],
      ]);
      expect((await rows(second)).seen[5]).toEqual([1, 2]);
      broken.note = 'none';
      expect(await second.projector.retry('sales.deal-row', 'acme', STREAMS[5]!)).toBe(true);
      expect((await rows(second)).seen[5]).toEqual([1, 2, 3, 4, 5]);
    });

    it('lay aside what cannot be read, its stream behind it, until somebody has looked at it', async () => {
      const parts = release(1);
      const one = await start(parts);
      await level(await append(1));
      const producer = bed.kafka.producer();
      await producer.connect();
      await producer.send({
        topic: `${bed.prefix}.sales`,
        messages: [
          { key: `acme/${STREAMS[7]}`, value: 'garbage' },
          { key: 'nobody', value: 'garbage' },
        ],
      });
      await producer.disconnect();
      await level(await append(1));
      await until(async () => (await one.projector.parking.list()).length === 3);
      const [ofStream, next, ofNobody] = (await one.projector.parking.list()) as [Parked, Parked, Parked];
      expect([ofStream.view, ofStream.stream, ofStream.type, next.revision]).toEqual(['sales.deal-row', STREAMS[7], 'unreadable', 2]);
      expect([ofNobody.view, ofNobody.reason]).toEqual(['sales.unreadable', expect.stringContaining('cannot be read')]);
      expect((await rows(one)).seen[7]).toEqual([1]);
      expect(await one.projector.skip('sales.deal-row', ofStream, 'ann')).toBe(true);
      expect(await one.projector.skip('sales.unreadable', ofNobody, 'ann')).toBe(true);
      expect(await rows(one)).toEqual(everything(2));
      expect(await one.projector.parking.list()).toEqual([]);
    });
  });

  describe('a new release', () => {
    it('builds what is new beside the old one, which goes on, and neither is in the other’s group', async () => {
      const old = await start(release(1));
      await level(await append(20));
      const next = await start(release(2));
      await append(10);
      await next.projector.caughtUp();
      await level(await append(10));
      expect(await rows(old)).toEqual(everything(40));
      expect(await rows(next)).toEqual(everything(40));
      const [live] = await groupsOf();
      expect(live).toHaveLength(2);
    });
  });

  /** Live groups that have members. */
  async function groupsOf() {
    const admin = bed.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    const mine = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(`${bed.prefix}.sales.`));
    const described = await admin.describeGroups(mine);
    await admin.disconnect();
    const busy = described.groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId);
    return [busy.filter((id) => id.includes('.live.')), busy.filter((id) => !id.includes('.live.'))];
  }
});

type Parked = Awaited<ReturnType<Projector['parking']['list']>>[number];

/** Looks again until it is so. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
}
