import { openPostgresLog, WrongRevision, type EventStore, type StreamAppend } from '#engines/event-store';
import type { StoredEvent } from '#model';
import fc from 'fast-check';
import { postgresUnderTest } from '../../testing/postgres.ts';
import { encodeAppends } from '../encode.ts';
import { sampleEvents } from '../samples.ts';
import { callOf } from './call.ts';
import { logStatements } from './statements.ts';

const postgres = await postgresUnderTest();
const TENANT = 'acme';
const stream = (id: string | number) => `sales.opportunity/${id}`;

(postgres.skipped ? describe.skip : describe)(`a log of several writers: PostgreSQL against ${postgres.against}`, () => {
  let schema: string;
  let stores: EventStore[];
  beforeEach(() => {
    schema = postgres.freshSchema();
    stores = [];
  });
  afterEach(async () => void (await Promise.all(stores.map((store) => store.close()))));
  afterAll(() => postgres.stop());

  async function open(how: { pollEvery?: number; timeout?: number } = {}): Promise<EventStore> {
    const store = await openPostgresLog({ url: postgres.url, log: schema, schema, ...how });
    stores.push(store);
    return store;
  }

  /** An append whose transaction stays open: a writer that was stopped in the middle. */
  async function heldAppend(append: StreamAppend) {
    const session = await postgres.session();
    const call = callOf('00000000-0000-4000-8000-000000000000', [encodeAppends([append])]);
    const sql = logStatements(schema);
    await session.query(sql.addTenant(append.tenant));
    await session.query('BEGIN');
    await session.query(sql.append(call.values));
    return session;
  }

  const waiting = (count: number) =>
    postgres.until(
      `SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND NOT l.granted AND a.application_name = $2 HAVING count(*) >= $1`,
      [count, `rapport ${schema}`],
    );

  /** Follows until so many events have come. */
  async function follow(store: EventStore, count: number): Promise<StoredEvent[]> {
    const stop = new AbortController();
    const events: StoredEvent[] = [];
    for await (const batch of store.subscribe(0, { signal: stop.signal, batch: 3 })) {
      if (!batch.caughtUp) events.push(...batch.events);
      if (events.length >= count) stop.abort();
    }
    return events;
  }

  it('lets a follower miss nothing of a writer that is stopped in the middle, and shows nothing out of order', async () => {
    const [store, other] = [await open(), await open()];
    const samples = sampleEvents();
    await store.append([samples.next(TENANT, stream('before'))]);
    const following = follow(other, 4);
    const stopped = await heldAppend(samples.next(TENANT, stream('slow'), 2));
    const quick = store.append([samples.next(TENANT, stream('quick'))]);
    await waiting(1);
    expect(await other.head()).toBe(1);
    expect(await other.readLog(1, 10)).toEqual([]);
    await stopped.query('COMMIT');
    expect(await quick).toEqual({ position: 4, positions: [4] });
    expect((await following).map((event) => [event.position, event.stream])).toEqual([
      [1, stream('before')],
      [2, stream('slow')],
      [3, stream('slow')],
      [4, stream('quick')],
    ]);
  });

  it('gives the positions of a writer that ended in the middle to the next', async () => {
    const store = await open();
    const samples = sampleEvents();
    const stopped = await heldAppend(samples.next(TENANT, stream('gone'), 5));
    const next = store.append([samples.next(TENANT, stream('next'))]);
    await waiting(1);
    await stopped.query('ROLLBACK');
    expect(await next).toMatchObject({ position: 1 });
    expect(await store.read(TENANT, stream('gone'))).toEqual([]);
    expect(await store.verify()).toEqual([]);
  });

  it('refuses what waits too long for a stopped writer, and does not write it later', async () => {
    const store = await open({ timeout: 1_000 });
    const samples = sampleEvents();
    const stopped = await heldAppend(samples.next(TENANT, stream('slow')));
    const refused = store.append([samples.next(TENANT, stream('refused'))]);
    await expect(refused).rejects.toMatchObject({ name: 'StoreUnavailable', message: 'PostgreSQL took too long', inDoubt: false });
    await stopped.query('COMMIT');
    await store.append([samples.next(TENANT, stream('later'))]);
    expect((await store.readLog(0, 10)).map((event) => event.stream)).toEqual([stream('slow'), stream('later')]);
  });

  it('checks revisions against what the other writers have just committed', async () => {
    const [store, other] = [await open(), await open()];
    const stopped = await heldAppend(sampleEvents('first').next(TENANT, stream('desks')));
    const rivals = Promise.allSettled(
      [store, other].map((one, i) => one.append([sampleEvents(`rival ${i}`).next(TENANT, stream('desks'))])),
    );
    await waiting(2);
    await stopped.query('COMMIT');
    const lost = { status: 'rejected', reason: { name: 'WrongRevision', expected: 0, actual: 1 } };
    expect(await rivals).toMatchObject([lost, lost]);
  });

  it('keeps streams that several writers append to at once whole, and every follower meets every event once, in order', async () => {
    const writers = [await open(), await open(), await open()];
    const followers = [await open({ pollEvery: 20 }), writers[0]!];
    let [round, expected] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 30 }),
        async (steps) => {
          round++;
          const counts = await Promise.all(
            steps.map(([writer, id, count], i) => appendAtEnd(writers[writer]!, stream(`${round}-${id}`), `${round}.${i}`, count)),
          );
          expected += counts.reduce((sum, count) => sum + count, 0);
        },
      ),
      { numRuns: 15 },
    );
    for (const follower of followers) {
      const events = await follow(follower, expected);
      expect(events.map(({ position }) => position)).toEqual(Array.from({ length: expected }, (_, i) => i + 1));
      expect(new Set(events.map(({ id }) => id)).size).toBe(expected);
    }
    expect(await writers[1]!.verify()).toEqual([]);
  });

  /** Appends as commands do: on what is there, and again when somebody was quicker. */
  async function appendAtEnd(store: EventStore, name: string, seed: string, count: number): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      const samples = sampleEvents(`${seed}.${attempt}`);
      const tail = (await store.read(TENANT, name)).at(-1);
      if (tail) samples.rewind(TENANT, name, tail);
      try {
        await store.append([samples.next(TENANT, name, count)]);
        return count;
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
      }
    }
  }

  describe('partitions', () => {
    it('makes one for each tenant, whoever meets it first', async () => {
      const writers = [await open(), await open(), await open()];
      const tenants = Array.from({ length: 12 }, (_, i) => `tenant ${i}'s`);
      const appends = tenants.flatMap((tenant, i) =>
        writers.map((writer, w) => writer.append([sampleEvents(`${i}.${w}`).next(tenant, stream(w))])),
      );
      await Promise.all(appends);
      const kept = await postgres.sql<{ partition: string }>(
        `SELECT DISTINCT tableoid::regclass::text AS partition, tenant FROM ${schema}.events`,
      );
      expect(kept).toHaveLength(12);
      expect(new Set(kept.map(({ partition }) => partition)).size).toBe(12);
      expect((await writers[0]!.readLog(0, 100)).length).toBe(36);
      expect(await writers[1]!.verify()).toEqual([]);
    });

    it('makes one while others read the log, and waits for none of them', async () => {
      const store = await open();
      const samples = sampleEvents();
      await store.append([samples.next(TENANT, stream('a'))]);
      const reader = await postgres.session();
      await reader.query(`BEGIN; SELECT * FROM ${schema}.events`);
      await store.append([samples.next('globex', stream('a'))]);
      await reader.query('COMMIT');
      expect(await store.readLog(0, 10, { tenant: 'globex' })).toHaveLength(1);
    });

    it('touches those of the tenants concerned alone', async () => {
      const store = await open();
      for (let i = 0; i < 5; i++) await store.append([sampleEvents().next(`tenant ${i}`, stream('a'))]);
      const held = await heldAppend(sampleEvents('held').next('tenant 3', stream('b')));
      const { rows } = await held.query(
        `SELECT relation::regclass::text AS name FROM pg_locks WHERE pid = pg_backend_pid() AND relation::regclass::text LIKE '%.events\\_%'`,
      );
      const partitions = new Set((rows as { name: string }[]).map(({ name }) => /events_\d+/.exec(name)?.[0] ?? name));
      await held.query('ROLLBACK');
      expect([...partitions]).toEqual(['events_4']);
    });
  });

  describe('news', () => {
    it('reaches followers in other processes by a notification', async () => {
      const [store, other] = [await open(), await open({ pollEvery: 1_000_000 })];
      const following = follow(other, 2);
      const samples = sampleEvents();
      await store.append([samples.next(TENANT, stream('a'))]);
      await store.append([samples.next(TENANT, stream('a'))]);
      expect(await following).toHaveLength(2);
    });

    it('is found by asking when the notification was lost', async () => {
      const other = await open({ pollEvery: 20 });
      const following = follow(other, 2);
      const samples = sampleEvents();
      const store = await open();
      await store.append([samples.next(TENANT, stream('a'))]);
      const session = await heldAppend(samples.next(TENANT, stream('b')));
      await session.query('COMMIT'); // a writer that ended before it could tell
      expect(await following).toHaveLength(2);
    });

    it('comes again to a listener that was cut off', async () => {
      const [store, other] = [await open(), await open({ pollEvery: 50 })];
      const following = follow(other, 2);
      const samples = sampleEvents();
      await store.append([samples.next(TENANT, stream('a'))]);
      await postgres.until(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1`, [`LISTEN ${schema}`]);
      await store.append([samples.next(TENANT, stream('a'))]);
      expect(await following).toHaveLength(2);
    });
  });
});
