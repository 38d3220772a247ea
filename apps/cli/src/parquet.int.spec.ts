import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import pg from 'pg';
import { dataFolder } from '#engines/data-folder';
import { lockFolder, openPostgresLog, openSqliteReader, sqliteEventStore, type EventStore } from '#engines/event-store';
import { hashOf, type JsonObject, type StoredEvent } from '#model';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';
import { runCaptured } from './testing/rapport.ts';

const MAIN = fileURLToPath(new URL('../../../dist/apps/cli/src/main.js', import.meta.url));
const HOUR = 3600_000;

let root: string;
let out: string;
let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' })).connect();
});
afterAll(() => db.closeSync());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rapport-parquet-'));
  out = join(root, 'analysts’ own');
  for (const one of dataFolder(join(root, 'data')).folders) mkdirSync(one, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const logFile = () => dataFolder(join(root, 'data')).log('sales');
const rapport = (...args: string[]) => runCaptured(['--data', join(root, 'data'), '--json', ...args], root, Date.now);
const asParquet = async (...args: string[]) => (await rapport('events', '--parquet', out, ...args)).exit;

/** Events of as many records, an hour from each to the next; every third has a personal part. */
function events(from: number, count: number): Omit<StoredEvent, 'position'>[] {
  return Array.from({ length: count }, (_, at) => {
    const n = from + at;
    const when = new Date(Date.parse('2026-03-01T00:00:00.000Z') + n * HOUR).toISOString();
    const stream = `sales.product/p${n}` as const;
    const event = {
      id: `e${n}`,
      type: 'sales.product.removed',
      schemaVersion: 1,
      tenant: n % 2 ? 'main' : 'other',
      stream,
      revision: 1,
      recordedAt: when,
      occurredAt: '2017-06-30T23:59:59.999Z',
      actor: 'u1',
      commandId: `c${n}`,
      bodyHash: 'b',
      correlationId: `k${n}`,
      causationId: 'r',
      traceparent: '',
      about: [stream, 'contacts.account/a1'],
      data: { n, text: 'Ω "quoted" \u0000', value: { amount: '900.00', currency: 'EUR' } } as JsonObject,
      ...(n % 3 ? {} : { sealed: { 'contacts.contact/c1': 'bm90IGEgbmFtZQ==' } }),
    };
    return { ...event, hash: hashOf(event, '') };
  });
}

async function append(store: EventStore, from: number, count: number) {
  await Promise.all(
    events(from, count).map((event) => store.append([{ tenant: event.tenant, stream: event.stream, expected: 0, events: [event] }])),
  );
}

async function stored(from: number, count: number) {
  const store = sqliteEventStore({ log: 'sales', file: logFile() });
  await append(store, from, count);
  await store.close();
}

async function logged(): Promise<StoredEvent[]> {
  const reader = openSqliteReader(logFile());
  const found = await reader.readLog(0, 100_000);
  reader.close();
  return found;
}

const glob = () => join(out, '*', '*', '*.parquet').replaceAll("'", "''");
const ask = async (sql: string) =>
  (await db.runAndReadAll(sql.replace('FILES', `read_parquet('${glob()}', hive_partitioning = true)`))).getRowObjectsJS();
const iso = (at: unknown) => (at as Date).toISOString();

/** What is in the files, as the events it was. */
async function written(): Promise<StoredEvent[]> {
  return (await ask('SELECT * FROM FILES ORDER BY position')).map((row) => ({
    id: row.id as string,
    type: row.type as string,
    schemaVersion: row.schema_version as number,
    tenant: row.tenant as string,
    stream: row.stream as StoredEvent['stream'],
    revision: row.revision as number,
    position: Number(row.position),
    recordedAt: iso(row.recorded_at),
    occurredAt: iso(row.occurred_at),
    actor: row.actor as string,
    commandId: row.command_id as string,
    bodyHash: row.body_hash as string,
    correlationId: row.correlation_id as string,
    causationId: row.causation_id as string,
    traceparent: row.traceparent as string,
    about: row.about as string[],
    data: JSON.parse(row.data as string) as JsonObject,
    ...(row.sealed ? { sealed: JSON.parse(row.sealed as string) as Record<string, string> } : {}),
    hash: row.hash as string,
  }));
}
const files = () =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .sort();

it('holds a log event for event, personal parts sealed, a folder per day', async () => {
  await stored(0, 50);
  expect(await asParquet()).toBe(0);
  expect(await written()).toEqual(await logged());
  expect(files().map((name) => name.split(/[\\/]/).slice(0, 2).join('/'))).toEqual(
    ['01', '02', '03'].map((day) => `log=sales/day=2026-03-${day}`),
  );
  const days = await ask('SELECT log, day::varchar AS day, count(*)::int AS n FROM FILES GROUP BY ALL ORDER BY day');
  expect(days).toEqual([24, 24, 2].map((n, at) => ({ log: 'sales', day: `2026-03-0${at + 1}`, n })));
});

it('has columns of their types', async () => {
  await stored(0, 3);
  await asParquet();
  const types = await ask(
    "SELECT typeof(position) AS p, typeof(occurred_at) AS o, typeof(about) AS a, data->'value'->>'amount' AS v FROM FILES LIMIT 1",
  );
  expect(types).toEqual([{ p: 'BIGINT', o: 'TIMESTAMP WITH TIME ZONE', a: 'VARCHAR[]', v: '900.00' }]);
});

it('writes only what has come since', async () => {
  await stored(0, 30);
  await asParquet();
  const before = files();
  expect(await asParquet()).toBe(0);
  expect(files()).toEqual(before);
  await stored(30, 30);
  expect(await asParquet()).toBe(0);
  expect(files()).toEqual(expect.arrayContaining(before));
  expect(await written()).toEqual(await logged());
});

it('goes on after it was killed, with nothing half and nothing twice', async () => {
  await stored(0, 24 * 200);
  const run = spawn(process.execPath, [MAIN, '--data', join(root, 'data'), 'events', '--parquet', out], { stdio: 'ignore' });
  const ended = once(run, 'exit');
  while (run.exitCode === null && !(existsSync(out) && files().length >= 3)) await new Promise(setImmediate);
  run.kill('SIGKILL');
  await ended;
  const kept = await written();
  const all = await logged();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept).toEqual(all.slice(0, kept.length));
  // As if it had been killed while a file was written.
  writeFileSync(join(out, 'log=sales', 'day=2026-03-01', '000000000001-000000000024.parquet.unfinished'), 'PAR1');
  expect(await asParquet()).toBe(0);
  expect(await written()).toEqual(all);
  expect(readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('unfinished'))).toEqual([]);
});

it('refuses a folder that was written from another log, or from one that was longer', async () => {
  await stored(0, 10);
  await asParquet();
  rmSync(logFile());
  await stored(0, 5);
  expect(await asParquet()).toBe(5);
  rmSync(logFile());
  await stored(1, 20);
  expect(await asParquet()).toBe(5);
});

it('lets nobody write beside it', async () => {
  await stored(0, 1);
  const unlock = lockFolder(out);
  expect(await asParquet()).toBe(1);
  unlock();
  expect(await asParquet()).toBe(0);
});

it.each([
  ['--type', 'sales.product.removed'],
  ['--after', '3'],
])('does not take part of a log (%s)', async (...part) => {
  await stored(0, 1);
  expect(await asParquet(...part)).toBe(2);
});

const postgres = await engineUnderTest('postgres');
const skipped = 'skipped' in postgres;
(skipped ? describe.skip : describe)(`of a log on a server: PostgreSQL against ${skipped ? 'a real server' : postgres.against}`, () => {
  const database = `parquet_${process.pid}`;
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: (postgres as { address: string }).address });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  beforeAll(() => asOwner(`CREATE DATABASE ${database}`));
  afterAll(async () => {
    await asOwner(`DROP DATABASE ${database}`);
    await (postgres as { stop(): Promise<void> }).stop();
  });

  it('writes what is there, and makes nothing there', async () => {
    const url = new URL((postgres as { address: string }).address);
    url.pathname = database;
    const store = await openPostgresLog({ url: url.href, log: 'sales' });
    try {
      await append(store, 0, 40);
      expect((await rapport('--logs', url.href, 'events', '--parquet', out)).exit).toBe(0);
      expect(await written()).toEqual(await store.readLog(0, 100));
      expect((await rapport('--logs', url.href, 'events', '--log', 'contacts', '--parquet', out)).exit).toBe(2);
      expect((await rapport('--logs', url.href, 'verify', '--log', 'sales')).exit).toBe(0);
    } finally {
      await store.close();
    }
  });
});
