import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKurrentLog, openPostgresLog, sqliteEventStore, StoreUnavailable, type EventStore } from '#engines/event-store';
import { openPostgresVault, openVaultFile, type MovableVault } from '#engines/vault';
import type { StoredEvent } from '#model';
import {
  copyLog,
  copyVault,
  differingStreams,
  digestOf,
  digestOfVault,
  halfMoved,
  markMoving,
  mustFit,
  NotABeginning,
  OtherKeys,
} from '#runtime';
import { postgresUnderTest } from '../testing/postgres.ts';
import { startDouble } from './kurrentdb/testing/double.ts';
import { sampleEvents } from './samples.ts';

const postgres = await postgresUnderTest();
const masterKey = Buffer.alloc(32, 1);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => postgres.stop());

type Engine = { name: string; log: () => Promise<EventStore>; skip?: boolean };
const open = <T extends { close(): Promise<void> }>(one: T): T => {
  ends.push(() => one.close());
  return one;
};
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rapport-moving-'));
  ends.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
const sqlite: Engine = { name: 'SQLite', log: async () => open(sqliteEventStore({ log: 'sales', file: join(folder(), 'sales.db') })) };
const server: Engine = {
  name: `PostgreSQL against ${postgres.against}`,
  log: async () => open(await openPostgresLog({ url: postgres.url, log: 'sales', schema: postgres.freshSchema() })),
  skip: postgres.skipped !== undefined,
};
const kurrent: Engine = {
  name: 'KurrentDB against a gRPC double in test code',
  async log() {
    const double = await startDouble();
    ends.push(() => double.stop());
    return open(await openKurrentLog({ url: double.url, log: 'sales' }));
  },
};

const DEALS = Array.from({ length: 40 }, (_, at) => `sales.opportunity/d${at}`);

/** Streams that take turns, streams of several events, two tenants, an append to several streams at once. */
async function fill(log: EventStore): Promise<ReturnType<typeof sampleEvents>> {
  const samples = sampleEvents();
  for (let round = 0; round < 5; round++) {
    await log.append(DEALS.map((deal) => samples.next('acme', deal)));
    await log.append([samples.next('zeta', DEALS[round]!, 3)]);
    for (let turn = 0; turn < 6; turn++) await log.append([samples.next('acme', DEALS[turn % 2]!)]);
  }
  return samples;
}

async function all(log: EventStore, tenant?: string): Promise<Omit<StoredEvent, 'position'>[]> {
  const found = await log.readLog(0, 10_000, tenant === undefined ? {} : { tenant });
  expect(found.map(({ position }) => position)).toEqual(found.map(({ position }) => position).toSorted((a, b) => a - b));
  return found.map(({ position: _, ...event }) => event);
}

/** A log whose server goes away after some appends. */
const failingAfter = (log: EventStore, appends: number): EventStore => ({
  ...log,
  append: (...args) => (appends-- > 0 ? log.append(...args) : Promise.reject(new StoreUnavailable('the server is away'))),
});

describe.each([
  { from: sqlite, to: server },
  { from: server, to: sqlite },
  { from: sqlite, to: kurrent },
  { from: kurrent, to: sqlite },
])('a log moved from $from.name', ({ from, to }) => {
  const test = from.skip || to.skip ? it.skip : it;

  test(`to ${to.name} is the same, event for event and in the same order`, async () => {
    const [source, target] = [await from.log(), await to.log()];
    await fill(source);
    expect(await copyLog(source, target)).toEqual({ log: 'sales', events: 245, there: 0 });
    expect(await all(target)).toEqual(await all(source));
    expect(await target.verify()).toEqual([]);
    const [one, other] = [await digestOf(source), await digestOf(target)];
    expect([other.sha256, differingStreams(one, other)]).toEqual([one.sha256, []]);
  });

  test(`to ${to.name} goes on where it stopped, and finds nothing to do once it is whole`, async () => {
    const [source, target] = [await from.log(), await to.log()];
    const samples = await fill(source);
    await expect(copyLog(source, failingAfter(target, 4))).rejects.toThrow(StoreUnavailable);
    const half = (await all(target)).length;
    expect([half > 0, half < 245]).toEqual([true, true]);
    expect(await copyLog(source, target, { dryRun: true })).toEqual({ log: 'sales', events: 245, there: half });
    expect((await all(target)).length).toBe(half);
    expect(await copyLog(source, target)).toEqual({ log: 'sales', events: 245, there: half });
    expect(await copyLog(source, target)).toEqual({ log: 'sales', events: 245, there: 245 });
    await source.append([samples.next('acme', DEALS[0]!)]);
    expect(await copyLog(source, target)).toEqual({ log: 'sales', events: 246, there: 245 });
    expect(await all(target)).toEqual(await all(source));
  });

  test(`to ${to.name} a tenant at a time, beside others that live there`, async () => {
    const [source, target] = [await from.log(), await to.log()];
    await fill(source);
    const neighbours = sampleEvents('n');
    await target.append([neighbours.next('neighbour', DEALS[0]!, 2)]);
    expect(await copyLog(source, target, { tenant: 'zeta' })).toEqual({ log: 'sales', events: 15, there: 0 });
    await target.append([neighbours.next('neighbour', DEALS[0]!, 2)]);
    expect((await copyLog(source, target, { tenant: 'acme' })).there).toBe(0);
    for (const tenant of ['acme', 'zeta']) expect(await all(target, tenant)).toEqual(await all(source, tenant));
    expect(await target.read('neighbour', DEALS[0]!)).toHaveLength(4);
    expect(await target.verify()).toEqual([]);
  });
});

describe('what is refused', () => {
  it('a target that holds another installation’s events, and nothing is written to it', async () => {
    const [source, target] = [await sqlite.log(), await sqlite.log()];
    await fill(source);
    await target.append([sampleEvents('other').next('acme', DEALS[0]!, 2)]);
    await expect(copyLog(source, target)).rejects.toThrow(NotABeginning);
    expect(await target.head()).toBe(2);
  });

  it('a target that has gone on by itself', async () => {
    const [source, target] = [await sqlite.log(), await sqlite.log()];
    const samples = await fill(source);
    await copyLog(source, target);
    await target.append([samples.next('acme', DEALS[3]!)]);
    await expect(copyLog(source, target)).rejects.toThrow(/d3 revision 6 .* is not in the source/);
  });

  it('a target to which somebody writes meanwhile', async () => {
    const [source, target] = [await sqlite.log(), await sqlite.log()];
    await fill(source);
    const disturbed: EventStore = {
      ...target,
      async append(...args) {
        await target.append([sampleEvents('other').next('acme', DEALS[0]!)]);
        return target.append(...args);
      },
    };
    await expect(copyLog(source, disturbed)).rejects.toThrow(NotABeginning);
  });

  it('a stream that differs is named', async () => {
    const [one, other] = [await sqlite.log(), await sqlite.log()];
    const samples = await fill(one);
    await copyLog(one, other);
    await one.append([samples.next('zeta', DEALS[0]!), samples.next('acme', 'sales.product/p1')]);
    expect(differingStreams(await digestOf(one), await digestOf(other))).toEqual([`zeta/${DEALS[0]}`, 'acme/sales.product/p1']);
  });
});

const AT = '2026-01-01T00:00:00.000Z';
const vaultFile = () => open(openVaultFile(join(folder(), 'vault.db'), { masterKey: Buffer.alloc(32, 2) }));
const vaultServer = async () => open(await openPostgresVault({ url: postgres.url, schema: postgres.freshSchema(), masterKey }));

describe.each([
  ['SQLite', `PostgreSQL against ${postgres.against}`, vaultFile, vaultServer],
  [`PostgreSQL against ${postgres.against}`, 'SQLite', vaultServer, vaultFile],
])('a vault moved from %s to %s', (_from, _to, from, to) => {
  const test = postgres.skipped ? it.skip : it;
  let source: MovableVault;
  let target: MovableVault;
  const people = Array.from({ length: 1_500 }, (_, at) => `contacts.contact/${at}`);

  test('opens under another master key what the old one opened, and what was destroyed stays destroyed', async () => {
    [source, target] = [await from(), await to()];
    const keys = await source.make('acme', people);
    const fingerprints = await source.tenantKey('acme', 'fingerprints');
    await source.make('zeta', [people[0]!]);
    await source.destroy('acme', [people[7]!, people[8]!], AT);
    await source.note(`sweep/acme/${people[7]}/contacts/first`, '{"pass":"first"}');
    expect(await copyVault(source, target)).toEqual({ tenantKeys: 3, people: 1_499, destroyed: 2 });
    expect(await target.make('acme', people)).toEqual(keys.map((key, at) => (at === 7 || at === 8 ? 'erased' : key)));
    expect(await target.tenantKey('acme', 'fingerprints')).toEqual(fingerprints);
    expect(await target.tombstones(0, 10)).toMatchObject([
      { tenant: 'acme', person: people[7], destroyedAt: AT },
      { tenant: 'acme', person: people[8], destroyedAt: AT },
    ]);
    expect(await target.notes('sweep/')).toEqual({ [`sweep/acme/${people[7]}/contacts/first`]: '{"pass":"first"}' });
    expect(await digestOfVault(target)).toBe(await digestOfVault(source));
  });

  test('is carried again without harm, and destroys what was erased in between', async () => {
    [source, target] = [await from(), await to()];
    await source.make('acme', people.slice(0, 3));
    await copyVault(source, target);
    await source.destroy('acme', [people[1]!], AT);
    await source.make('acme', [people[4]!]);
    expect(await digestOfVault(target)).not.toBe(await digestOfVault(source));
    expect(await copyVault(source, target)).toEqual({ tenantKeys: 1, people: 3, destroyed: 1 });
    expect(await digestOfVault(target)).toBe(await digestOfVault(source));
    expect(await target.keys('acme', [people[1]!])).toEqual(['erased']);
  });

  test('a tenant at a time', async () => {
    [source, target] = [await from(), await to()];
    const [key] = await source.make('acme', [people[0]!]);
    await source.make('zeta', people.slice(0, 2));
    expect(await copyVault(source, target, 'acme')).toEqual({ tenantKeys: 1, people: 1, destroyed: 0 });
    expect(await target.keys('acme', [people[0]!])).toEqual([key]);
    expect(await target.keys('zeta', [people[0]!])).toEqual([undefined]);
    expect(await digestOfVault(target, 'acme')).toBe(await digestOfVault(source, 'acme'));
  });

  test('not into one with keys of its own for the tenant', async () => {
    [source, target] = [await from(), await to()];
    await source.make('acme', [people[0]!]);
    await target.make('acme', [people[0]!]);
    await expect(mustFit(source, target)).rejects.toThrow(OtherKeys);
    await expect(copyVault(source, target)).rejects.toThrow(OtherKeys);
    await expect(mustFit(source, target, 'zeta')).resolves.toBeUndefined();
  });
});

it('a target is marked as a part until the move into it has ended', async () => {
  const vault = vaultFile();
  expect(await halfMoved(vault)).toBeUndefined();
  await markMoving(vault, 'begun');
  expect(await halfMoved(vault)).toMatch(/begun and has not ended/);
  await markMoving(vault, 'whole');
  await markMoving(vault, 'begun', 'acme');
  expect(await halfMoved(vault)).toMatch(/of the tenant acme/);
  await markMoving(vault, 'whole', 'acme');
  expect(await halfMoved(vault)).toBeUndefined();
});
