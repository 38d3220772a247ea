import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DamagedLog, migratePostgresLog, openPostgresLog, type EventStore } from '#engines/event-store';
import { missing, start } from '../../../../tools/engines/postgres.mjs';
import { missingFrom, startAppender, type Appender } from '../../testing/append-for-ever.ts';
import { sqlAt } from '../../testing/postgres.ts';
import { sampleEvents } from '../samples.ts';

const SCHEMA = 'rapport_sales';
const [TENANT, DESKS] = ['acme', 'sales.opportunity/desks'];
/** These tests kill the server itself, so they start their own. */
const here = (await missing()) ? describe.skip : describe;

here('a log under processes that come and go: PostgreSQL', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof start>>;
  let port: number;
  let appenders: Appender[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'processes-'));
    server = await start({ folder });
    port = Number(new URL(server.address).port);
    appenders = [];
  });
  afterEach(async () => {
    for (const { process } of appenders) process.kill('SIGKILL');
    await server.stop();
    await rm(folder, { recursive: true });
  });

  function appender(run: string): Appender {
    const one = startAppender(['postgres', server.address, SCHEMA, run]);
    appenders.push(one);
    return one;
  }

  async function withStore<T>(work: (store: EventStore) => Promise<T>): Promise<T> {
    const store = await openPostgresLog({ url: server.address, log: 'sales' });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async function expectWhole(acknowledged: string[]) {
    await withStore(async (store) => {
      const { missing: lost, events } = await missingFrom(store, acknowledged);
      expect(lost).toEqual([]);
      expect(events).toBe(await store.head());
      expect(await store.verify()).toEqual([]);
    });
  }

  const acknowledged = () => appenders.flatMap((one) => one.acknowledged());

  it('is made once by processes that start at the same moment, and written by all of them', async () => {
    const processes = ['a', 'b', 'c'].map(appender);
    await Promise.all(processes.map((one) => one.reached(200)));
    await Promise.all(processes.map((one) => one.kill()));
    await expectWhole(acknowledged());
    expect(await migratePostgresLog({ url: server.address, log: 'sales' })).toEqual([]);
  });

  it('is written on while one of them stands still, and by that one when it goes on', async () => {
    const [still, going] = [appender('still'), appender('going')];
    await Promise.all([still.reached(100), going.reached(100)]);
    still.process.kill('SIGSTOP');
    await going.reached(going.acknowledged().length + 500);
    still.process.kill('SIGCONT');
    await still.reached(still.acknowledged().length + 200);
    await Promise.all([still.kill(), going.kill()]);
    await expectWhole(acknowledged());
  });

  it('keeps what it acknowledged when the server is killed, and goes on when it is back', async () => {
    const one = appender('one');
    for (let run = 0; run < 3; run++) {
      await one.reached(one.acknowledged().length + 300);
      process.kill(server.pid!, 'SIGKILL');
      await server.stop();
      server = await start({ folder, port });
    }
    await one.reached(one.acknowledged().length + 300);
    await one.kill();
    await expectWhole(acknowledged());
  });

  it('keeps what it acknowledged when a process is killed again and again', async () => {
    for (let run = 0; run < 5; run++) {
      const one = appender(String(run));
      await one.reached(100 + run * 100);
      await one.kill();
    }
    await expectWhole(acknowledged());
  });

  it('says where a page is damaged, and serves the rest', async () => {
    await withStore(async (store) => {
      const samples = sampleEvents();
      await store.append([samples.next('globex', DESKS, 3)]);
      for (let i = 0; i < 20; i++) await store.append([samples.next(TENANT, `sales.opportunity/${i}`, 5, 'x'.repeat(500))]);
    });
    const file = await fileOf(`${SCHEMA}.events_2`);
    await server.stop();
    const handle = await open(join(folder, 'cluster', file), 'r+');
    await handle.write(Buffer.alloc(100, 0xa5), 0, 100, 8192 + 4000);
    await handle.close();
    server = await start({ folder });
    await withStore(async (store) => {
      expect(await store.read('globex', DESKS)).toHaveLength(3);
      await expect(store.readLog(0, 1000)).rejects.toBeInstanceOf(DamagedLog);
      const findings = await store.verify();
      expect(findings).toContainEqual(
        expect.objectContaining({ tenant: TENANT, fault: 'unreadable', detail: 'a page of PostgreSQL is damaged' }),
      );
      expect(findings.every(({ tenant }) => tenant !== 'globex')).toBe(true);
    });
  });

  async function fileOf(relation: string): Promise<string> {
    await sqlAt(server.address, 'CHECKPOINT');
    const [row] = await sqlAt<{ file: string }>(server.address, 'SELECT pg_relation_filepath($1) AS file', [relation]);
    return row!.file;
  }
});
