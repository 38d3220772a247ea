import { randomUUID } from 'node:crypto';
import { openPostgresLog, StoreUnavailable, WrongRevision, type EventStore, type PostgresLogOptions } from '#engines/event-store';
import { postgresUnderTest } from '../../testing/postgres.ts';
import { proxyTo, type Proxy } from '../../testing/proxy.ts';
import { encodeAppends } from '../encode.ts';
import { sampleEvents } from '../samples.ts';
import { callOf } from './call.ts';
import { logStatements } from './statements.ts';

const postgres = await postgresUnderTest();
const [TENANT, DESKS] = ['acme', 'sales.opportunity/desks'];

(postgres.skipped ? describe.skip : describe)(`faults of a log: PostgreSQL against ${postgres.against}`, () => {
  let schema: string;
  let samples: ReturnType<typeof sampleEvents>;
  let closing: (() => Promise<void>)[];
  beforeEach(() => {
    schema = postgres.freshSchema();
    samples = sampleEvents();
    closing = [];
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
  });
  afterAll(() => postgres.stop());

  async function open(how: Partial<PostgresLogOptions> = {}): Promise<EventStore> {
    const store = await openPostgresLog({ url: postgres.url, log: schema, schema, ...how });
    closing.push(() => store.close());
    return store;
  }

  /** A store behind a proxy that has written one event and told of it, so that its connections stand and rest. */
  async function behindProxy(how: Partial<PostgresLogOptions> = {}): Promise<{ store: EventStore; proxy: Proxy }> {
    const proxy = await proxyTo(postgres.url);
    closing.push(() => proxy.close());
    const store = await open({ url: proxy.url, ...how });
    await store.append([samples.next(TENANT, 'sales.opportunity/first')]);
    await postgres.until(`SELECT 1 FROM pg_stat_activity WHERE query = $1 AND state = 'idle' LIMIT 1`, [`NOTIFY ${schema}`]);
    return { store, proxy };
  }

  const committed = (position: number, how: '=' | '>=' = '=') =>
    postgres.until(`SELECT 1 FROM ${schema}.commits WHERE position ${how} $1 LIMIT 1`, [position]);

  describe('an append whose answer is lost', () => {
    it('is acknowledged when it is found, and written once', async () => {
      const { store, proxy } = await behindProxy();
      proxy.hold('answers');
      const append = samples.next(TENANT, DESKS, 3);
      const answer = store.append([append]);
      await committed(4);
      proxy.cut();
      expect(await answer).toEqual({ position: 4, positions: [2, 3, 4] });
      expect(await store.read(TENANT, DESKS)).toMatchObject(append.events);
      expect(await store.verify()).toEqual([]);
    });

    it('is asked for again when the server falls silent', async () => {
      const { store, proxy } = await behindProxy({ timeout: 1_000 });
      proxy.hold('answers');
      expect(await store.append([samples.next(TENANT, DESKS)])).toEqual({ position: 2, positions: [2] });
      expect(await store.readLog(0, 10)).toHaveLength(2);
    });

    it('is sent again when it had not arrived, and is not written twice when it arrives after all', async () => {
      const { store, proxy } = await behindProxy();
      proxy.hold('requests');
      const answer = store.append([samples.next(TENANT, DESKS, 1, 'x'.repeat(10_000))]);
      await proxy.holds(10_000);
      proxy.cut();
      expect(await answer).toMatchObject({ positions: [2] });
      await proxy.release();
      expect(await store.readLog(0, 10)).toHaveLength(2);
      expect(await store.verify()).toEqual([]);
    });

    it('among others leaves each with its own outcome', async () => {
      const { store, proxy } = await behindProxy();
      proxy.hold('answers');
      const stale = sampleEvents('stale').next(TENANT, 'sales.opportunity/first');
      const answers = [samples.next(TENANT, DESKS, 2), stale, samples.next(TENANT, 'sales.opportunity/b')].map((one) =>
        store.append([one]).catch((error: unknown) => error),
      );
      await committed(4);
      proxy.cut();
      const [first, refused, last] = await Promise.all(answers);
      expect([first, last]).toEqual([
        { position: 3, positions: [2, 3] },
        { position: 4, positions: [4] },
      ]);
      expect(refused).toMatchObject({ name: 'WrongRevision', expected: 0, actual: 1 });
    });

    it('is in doubt when the server stays away, and found by whoever tries again', async () => {
      const { store, proxy } = await behindProxy({ patience: 100 });
      proxy.hold('answers');
      const append = samples.next(TENANT, DESKS);
      const answer = store.append([append]);
      await committed(2);
      proxy.open = false;
      proxy.cut();
      await expect(answer).rejects.toMatchObject({ name: 'StoreUnavailable', inDoubt: true });
      proxy.open = true;
      await expect(store.append([append])).rejects.toBeInstanceOf(WrongRevision);
      expect(await store.read(TENANT, DESKS)).toMatchObject(append.events);
    });

    it('is never written once it has been given up, whenever it arrives', async () => {
      const store = await open();
      const sql = logStatements(schema);
      const session = await postgres.session();
      const call = randomUUID();
      await session.query(sql.addTenant(TENANT));
      await session.query(sql.giveUp(call));
      const late = callOf(call, [encodeAppends([samples.next(TENANT, DESKS)])]);
      await expect(session.query(sql.append(late.values))).rejects.toMatchObject({ code: 'RP002' });
      expect(await store.head()).toBe(0);
    });
  });

  it('loses and doubles nothing while sessions are ended under load', async () => {
    const store = await open();
    const streams = Array.from({ length: 16 }, (_, i) => `sales.opportunity/${i}`);
    // Whenever some more has been written, every session of the log is ended, whatever it is doing.
    const ending = (async () => {
      for (let head = 0; head < 400; head += 40) {
        await committed(head + 40, '>=');
        await postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, [`rapport ${schema}`]);
      }
    })();
    const acknowledged = await Promise.all(
      streams.map(async (stream) => {
        const positions: number[] = [];
        for (let i = 0; i < 15; i++) positions.push(...(await appended(samples.next(TENANT, stream, 2))));
        return positions;
      }),
    );
    await ending;
    const events = await store.readLog(0, 10_000);
    expect(events.map(({ position }) => position)).toEqual(acknowledged.flat().sort((a, b) => a - b));
    expect(new Set(events.map(({ id }) => id)).size).toBe(16 * 15 * 2);
    expect(await store.verify()).toEqual([]);

    /** Sends again what was refused: no connection could be had, and nothing was written. */
    async function appended(append: ReturnType<typeof samples.next>): Promise<number[]> {
      for (;;) {
        try {
          return (await store.append([append])).positions;
        } catch (error) {
          expect(error).toMatchObject({ name: 'StoreUnavailable', inDoubt: false });
        }
      }
    }
  });

  describe('a server that is away', () => {
    it('is said to be so, writing and reading, and nothing is written later', async () => {
      const { store, proxy } = await behindProxy();
      proxy.open = false;
      proxy.cut();
      const refusal = { name: 'StoreUnavailable', message: expect.stringMatching('PostgreSQL cannot be reached'), inDoubt: false };
      await expect(store.read(TENANT, DESKS)).rejects.toMatchObject(refusal);
      await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject(refusal);
      await expect(store.verify()).rejects.toMatchObject(refusal);
      proxy.open = true;
      expect(await store.readLog(0, 10)).toHaveLength(1);
    });

    it('costs a reader nothing when only its connections were lost', async () => {
      const { store, proxy } = await behindProxy();
      await Promise.all([store.head(), store.head(), store.head()]);
      proxy.cut();
      expect(await store.read(TENANT, 'sales.opportunity/first')).toHaveLength(1);
    });

    it('is waited for by those who follow', async () => {
      const { store, proxy } = await behindProxy({ pollEvery: 20 });
      const stop = new AbortController();
      const batches = store.subscribe(0, { signal: stop.signal })[Symbol.asyncIterator]();
      expect((await batches.next()).value).toMatchObject({ events: [{ position: 1 }] });
      expect((await batches.next()).value).toEqual({ caughtUp: true, position: 1 });
      const next = batches.next();
      proxy.open = false;
      proxy.cut();
      const direct = await open();
      await direct.append([samples.next(TENANT, DESKS, 2)]);
      await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
      proxy.open = true;
      expect((await next).value).toMatchObject({ events: [{ position: 2 }, { position: 3 }] });
      stop.abort();
    });
  });

  it('refuses more than it can hold for a server that is too slow', async () => {
    const store = await open();
    const holder = await postgres.session();
    await holder.query(`BEGIN; SELECT ${schema}.give_up('${randomUUID()}')`);
    const answers = Array.from({ length: 100 }, (_, i) => store.append([samples.next(TENANT, `sales.opportunity/${i}`, 200)]));
    const outcomes = Promise.allSettled(answers);
    const first = await Promise.race(
      answers.map((answer) =>
        answer.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    expect(first).toMatchObject({
      name: 'StoreUnavailable',
      message: 'PostgreSQL is slower than what it is asked to write',
      inDoubt: false,
    });
    await holder.query('COMMIT');
    const written = (await outcomes).filter(({ status }) => status === 'fulfilled').length;
    expect(written).toBeGreaterThan(50);
    expect(written).toBeLessThan(100);
    expect(await store.head()).toBe(written * 200);
  });

  it('fails only the append whose names PostgreSQL cannot keep', async () => {
    const store = await open();
    const answers = await Promise.allSettled(
      ['a', 'b\u0000', 'c\ud800', 'd'].map((id) => store.append([samples.next(TENANT, `sales.opportunity/${id}`)])),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });
});
