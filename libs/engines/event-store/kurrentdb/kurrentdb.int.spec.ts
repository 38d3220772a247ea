import { randomUUID } from 'node:crypto';
import { DamagedLog, openKurrentLog, StoreUnavailable, WrongRevision, type EventStore, type LogBatch } from '#engines/event-store';
import { engineUnderTest } from '../../../../tools/engines/under-test.mjs';
import { eventStoreContract, type LogUnderTest } from '../contract.ts';
import { sampleEvents } from '../samples.ts';
import { prefixOf, streamNameOf } from './names.ts';
import { startDouble } from './testing/double.ts';
import { openRecords } from './testing/records.ts';

const DOUBLE = 'a gRPC double in test code';

async function onTheDouble(): Promise<LogUnderTest> {
  const double = await startDouble();
  const open = () => openKurrentLog({ url: double.url, log: 'sales' });
  let store: EventStore = await open();
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await open());
    },
    tamper: async ({ tenant, stream, revision }, change) =>
      double.records.tamper(streamNameOf(prefixOf('sales'), tenant, stream), revision - 1, change),
    async close() {
      await store.close();
      await double.stop();
    },
  };
}
eventStoreContract(`KurrentDB against ${DOUBLE}`, onTheDouble);

const engine = await engineUnderTest('kurrentdb');
afterAll(() => ('stop' in engine ? engine.stop() : undefined));

/** A log of its own on a server that may hold others. */
async function onTheServer(): Promise<LogUnderTest> {
  const open = { url: 'address' in engine ? engine.address : '', log: `t${randomUUID().replaceAll('-', '')}` };
  let store = await openKurrentLog(open);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await openKurrentLog(open));
    },
    close: () => store.close(),
  };
}
const against = 'skipped' in engine ? 'the real server' : engine.against;
eventStoreContract(`KurrentDB against ${against}`, 'skipped' in engine ? undefined : onTheServer, { tampers: false });

describe(`a log in KurrentDB, against ${DOUBLE}`, () => {
  const [TENANT, DESKS, CHAIRS] = ['acme', 'sales.opportunity/desks', 'sales.opportunity/chairs'];
  let double: Awaited<ReturnType<typeof startDouble>>;
  let store: EventStore;
  let samples: ReturnType<typeof sampleEvents>;
  const opened: EventStore[] = [];
  const open = async (more: { log?: string; patienceMs?: number } = {}) => {
    const one = await openKurrentLog({ url: double.url, log: 'sales', ...more });
    opened.push(one);
    return one;
  };
  beforeEach(async () => {
    double = await startDouble();
    store = await open();
    samples = sampleEvents();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await double.stop();
  });
  const revisions = async (stream = DESKS) => (await store.read(TENANT, stream)).map(({ revision }) => revision);

  it.each([
    ['24.10.4.2201', /needs KurrentDB 25\.1 or newer, .*at the address given is KurrentDB 24\.10\.4\.2201/],
    ['', /at the address given is a server that does not say its version/],
  ])('is not opened on a server of version "%s"', async (version, why) => {
    const old = await startDouble({ version });
    await expect(openKurrentLog({ url: old.url, log: 'sales' })).rejects.toThrow(why);
    await old.stop();
  });

  it('says that the server is away', async () => {
    await double.stop();
    await expect(openKurrentLog({ url: double.url, log: 'sales' })).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.read(TENANT, DESKS)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.readLog(0, 10)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it.each(['lost', 'refused'] as const)('writes once what was sent again because an answer was %s', async (fault) => {
    double.faults[fault] = 2;
    const one = await store.append([samples.next(TENANT, DESKS, 3)]);
    double.faults[fault] = 2;
    const several = await store.append([samples.next(TENANT, DESKS), samples.next(TENANT, CHAIRS, 2)]);
    expect(double.records.all.map(({ position }) => position)).toEqual([...one.positions, ...several.positions]);
    expect([await revisions(), await revisions(CHAIRS)]).toEqual([
      [1, 2, 3, 4],
      [1, 2],
    ]);
  });

  it.each([true, false])(
    'recognises its own append behind a lost answer also when others have gone on (repeats are taken: %s)',
    async (takesRepeats) => {
      await double.stop();
      double = await startDouble({ records: openRecords({ takesRepeats }) });
      store = await open();
      const other = await open();
      const mine = samples.next(TENANT, DESKS, 2);
      const theirs = samples.next(TENANT, DESKS);
      double.faults.lost = 1;
      const appended = store.append([mine]);
      while (double.records.all.length < 2) await new Promise((resolve) => setImmediate(resolve));
      await other.append([theirs]);
      expect((await appended).positions).toEqual(double.records.all.slice(0, 2).map(({ position }) => position));
      expect(await revisions()).toEqual([1, 2, 3]);
    },
  );

  it('rejects as in doubt when no answer comes in time; the same append sent later is written once', async () => {
    const impatient = await open({ patienceMs: 0 });
    const append = samples.next(TENANT, DESKS, 2);
    for (const fault of ['lost', 'refused'] as const) {
      double.faults[fault] = 1;
      await expect(impatient.append([append])).rejects.toMatchObject({ name: 'StoreUnavailable', inDoubt: true });
    }
    await impatient.append([append]);
    expect(await revisions()).toEqual([1, 2]);
  });

  it('says in doubt also when what was written could not be read back, and reads it back when it can', async () => {
    const impatient = await open({ patienceMs: 0 });
    double.faults.unread = 100;
    await expect(impatient.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject({ name: 'StoreUnavailable', inDoubt: true });
    double.faults.unread = 2;
    const { position } = await store.append([samples.next(TENANT, DESKS)]);
    expect([double.records.all.length, double.records.all.at(-1)!.position]).toEqual([2, position]);
  });

  it('does not take another append for its own, though it came from the same command', async () => {
    const [first, second] = [
      sampleEvents('x').next(TENANT, DESKS, 1, 'decided here'),
      sampleEvents('x').next(TENANT, DESKS, 1, 'decided there'),
    ];
    expect(first.events[0]!.id).toBe(second.events[0]!.id);
    await store.append([first]);
    await expect(store.append([second])).rejects.toMatchObject({ name: 'WrongRevision', expected: 0, actual: 1 });
    double.faults.refused = 1;
    await expect(store.append([second])).rejects.toBeInstanceOf(WrongRevision);
  });

  it('names the stream of several whose revision was another', async () => {
    await store.append([samples.next(TENANT, CHAIRS, 3)]);
    samples.rewind(TENANT, CHAIRS);
    const failed = store.append([samples.next(TENANT, DESKS), samples.next(TENANT, CHAIRS)]);
    await expect(failed).rejects.toMatchObject({ name: 'WrongRevision', tenant: TENANT, stream: CHAIRS, expected: 0, actual: 3 });
  });

  it('takes a stream that is named twice in one append', async () => {
    const { positions } = await store.append([samples.next(TENANT, DESKS), samples.next(TENANT, CHAIRS), samples.next(TENANT, DESKS, 2)]);
    expect((await store.readAt(positions)).map(({ stream, revision }) => `${stream} ${revision}`)).toEqual([
      `${DESKS} 1`,
      `${CHAIRS} 1`,
      `${DESKS} 2`,
      `${DESKS} 3`,
    ]);
  });

  it('knows its own events from those of other logs on the same server', async () => {
    const contacts = await open({ log: 'contacts' });
    const { position } = await store.append([samples.next(TENANT, DESKS, 2)]);
    const theirs = await contacts.append([samples.next(TENANT, 'contacts.contact/ann', 2)]);
    expect([await store.head(), await contacts.head()]).toEqual([position, theirs.position]);
    expect((await store.readLog(0, 10)).map(({ stream }) => stream)).toEqual([DESKS, DESKS]);
    expect(await store.readAt(theirs.positions)).toEqual([]);
    expect([await store.verify(), await contacts.verify()]).toEqual([[], []]);
  });

  it('follows what other processes append, over a restart of the server', async () => {
    const other = await open();
    const stop = new AbortController();
    const batches = store.subscribe(0, { signal: stop.signal })[Symbol.asyncIterator]();
    const next = async () => (await batches.next()).value as LogBatch;
    expect(await next()).toEqual({ caughtUp: true, position: 0 });
    await other.append([samples.next(TENANT, DESKS, 2)]);
    expect(await next()).toMatchObject({ events: [{ revision: 1 }, { revision: 2 }] });
    expect(await next()).toMatchObject({ caughtUp: true });
    const { records, port } = double;
    await double.stop();
    const waiting = next();
    double = await startDouble({ records, port });
    const third = await open();
    await third.append([samples.next(TENANT, DESKS)]);
    expect(await waiting).toMatchObject({ events: [{ revision: 3 }] });
    stop.abort();
  });

  it('checks an event against the one before it, also where that was read by nobody here', async () => {
    await store.append([samples.next(TENANT, DESKS, 4)]);
    const { position } = (await store.read(TENANT, DESKS))[2]!;
    const fresh = await open();
    expect((await fresh.readLog(position, 10)).map(({ revision }) => revision)).toEqual([4]);
    double.records.tamper(streamNameOf(prefixOf('sales'), TENANT, DESKS), 2, (body) => body.replace('Ten desks', 'Two desks'));
    const another = await open();
    await expect(another.readLog(position - 1, 10)).rejects.toBeInstanceOf(DamagedLog);
  });
});
