import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DamagedLog, logThread, openSqliteReader, sqliteEventStore, StoreUnavailable, type EventStore } from '#engines/event-store';
import { sampleEvents } from '../samples.ts';
import { isFsyncFailure, unavailable } from './faults.ts';

const [TENANT, DESKS] = ['acme', 'sales.opportunity/desks'];
let folder: string;
let file: string;
let samples: ReturnType<typeof sampleEvents>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
  file = join(folder, 'sales.db');
  samples = sampleEvents();
});
afterEach(() => rm(folder, { recursive: true }));

/** Fills the log until an append fails; gives how many events were acknowledged. */
async function fill(store: EventStore): Promise<number> {
  for (let count = 0; ; count += 10) {
    const stream = `sales.opportunity/${count}`;
    try {
      await store.append([samples.next(TENANT, stream, 10, 'x'.repeat(2000))]);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect((error as Error).message).toBe('the disk is full');
      expect(await store.read(TENANT, stream)).toEqual([]);
      return count;
    }
  }
}

describe.each(['on this thread', 'by the log thread'])('a full disk, written %s', (form) => {
  it('refuses with a sentence, shows nothing of what it refused, and takes up again when there is room', async () => {
    const limit = { maxPages: 100 };
    const thread = form === 'by the log thread' ? await logThread({ logs: { sales: file }, options: limit }) : undefined;
    const store = sqliteEventStore({ log: 'sales', file, ...limit, port: thread?.connect() });
    const count = await fill(store);
    const together = await Promise.allSettled(
      Array.from({ length: 5 }, (_, i) => store.append([samples.next(TENANT, `sales.opportunity/late-${i}`, 1, 'x'.repeat(5000))])),
    );
    expect(together.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(await store.readLog(0, 10_000)).toHaveLength(count);
    expect(await store.verify()).toEqual([]);
    await store.close();
    await thread?.close();

    const roomy = sqliteEventStore({ log: 'sales', file });
    await roomy.append([sampleEvents('late').next(TENANT, DESKS)]);
    expect(await roomy.readLog(0, 10_000)).toHaveLength(count + 1);
    expect(await roomy.verify()).toEqual([]);
    await roomy.close();
  });
});

it('refuses while another program holds the lock, reads on meanwhile, and takes up again afterwards', async () => {
  const store = sqliteEventStore({ log: 'sales', file, busyTimeout: 5 });
  await store.append([samples.next(TENANT, DESKS)]);
  const intruder = new DatabaseSync(file);
  intruder.exec('BEGIN EXCLUSIVE');
  const refused = samples.next(TENANT, DESKS);
  const results = await Promise.allSettled([store.append([refused]), store.append([samples.next(TENANT, 'sales.opportunity/b')])]);
  const refusal = { status: 'rejected', reason: { name: 'StoreUnavailable', message: 'another program holds the lock of the log file' } };
  expect(results).toMatchObject([refusal, refusal]);
  expect(await store.read(TENANT, DESKS)).toHaveLength(1);
  intruder.close();
  await store.append([refused]);
  expect(await store.read(TENANT, DESKS)).toHaveLength(2);
  await store.close();
});

describe('a damaged page', () => {
  const PAGE = 4096;

  /** Overwrites pages of the file with what no page can be. */
  async function damage(first: number, count: number) {
    const handle = await open(file, 'r+');
    for (let page = first; page < first + count; page++) await handle.write(Buffer.alloc(PAGE, 0xa5), 0, PAGE, page * PAGE);
    await handle.close();
  }

  async function filled() {
    const store = sqliteEventStore({ log: 'sales', file });
    for (let i = 0; i < 50; i++) await store.append([samples.next(TENANT, `sales.opportunity/${i}`, 5)]);
    await store.close();
    return Math.floor((await stat(file)).size / PAGE);
  }

  it('is found wherever it lies: what is served is what was written, the rest is refused', async () => {
    const pages = await filled();
    expect(pages).toBeGreaterThan(20);
    const whole = openSqliteReader(file);
    const streams = Array.from({ length: 50 }, (_, i) => ({ tenant: TENANT, stream: `sales.opportunity/${i}` }));
    const written = await whole.readMany(streams);
    whole.close();
    for (let page = 3; page < pages; page += 5) {
      await rm(file);
      samples = sampleEvents();
      await filled();
      await damage(page, 1);
      const store = openSqliteReader(file);
      const findings = await store.verify();
      expect(findings.length).toBeGreaterThan(0);
      let refused = 0;
      for (const [i, { tenant, stream }] of streams.entries()) {
        const read = await store.read(tenant, stream).catch((error: unknown) => error);
        if (Array.isArray(read)) expect(read).toEqual(written[i]);
        else {
          expect(read).toBeInstanceOf(DamagedLog);
          refused++;
        }
      }
      expect(refused).toBeGreaterThan(0);
      store.close();
    }
  });

  it('fails appends that need it, and leaves the process running', async () => {
    const pages = await filled();
    await damage(2, pages - 2);
    const store = sqliteEventStore({ log: 'sales', file });
    await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: 'the log file is damaged',
    });
    await store.close();
  });
});

it('says so when the file is no log, or is not there', async () => {
  await writeFile(file, 'certainly no database, however long one reads in it'.repeat(100));
  expect(() => sqliteEventStore({ log: 'sales', file })).toThrow('not a database');
  await expect(logThread({ logs: { sales: file } })).rejects.toBeInstanceOf(StoreUnavailable);
  expect(() => openSqliteReader(join(folder, 'other.db'))).toThrow(StoreUnavailable);
});

it('refuses appends when opened for reading only', async () => {
  await sqliteEventStore({ log: 'sales', file }).close();
  const store = sqliteEventStore({ log: 'sales', file, readOnly: true });
  await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toBeInstanceOf(StoreUnavailable);
  await store.close();
});

it('ends the process on a failed fsync and on no other fault', () => {
  const sqlite = (errcode: number) => Object.assign(new Error('disk I/O error'), { errcode });
  expect([1034, 1290].map((code) => isFsyncFailure(sqlite(code)))).toEqual([true, true]);
  expect([5, 8, 10, 11, 13, 266, 778].some((code) => isFsyncFailure(sqlite(code)))).toBe(false);
  expect(unavailable(sqlite(1034))).toMatchObject({ name: 'StoreUnavailable', message: 'the disk failed while the log was used' });
});
