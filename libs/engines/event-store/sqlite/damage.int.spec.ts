import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DamagedLog, openSqliteReader, sqliteEventStore, StoreUnavailable } from '#engines/event-store';
import { sampleEvents } from '../samples.ts';

const PAGE = 4096;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-damage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A log of so many streams of two events, in one file. */
async function written(streams: number): Promise<string> {
  const file = join(folder, 'whole.db');
  const log = sqliteEventStore({ log: 'sales', file });
  const samples = sampleEvents();
  for (let at = 0; at < streams; at++) await log.append([samples.next('acme', `sales.record/r${at}`, 2)]);
  await log.close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return file;
}

/** Everything there is to be read, from the first position on; how it ended. Steps are bounded: a reader that goes round in circles fails. */
async function readThrough(file: string, events: number): Promise<string> {
  const reader = openSqliteReader(file);
  try {
    let position = 0;
    for (let step = 0; step <= events; step++) {
      const found = await reader.readLog(position, 5);
      if (found.length === 0) return 'the end';
      position = found.at(-1)!.position;
    }
    return 'no end';
  } catch (error) {
    if (error instanceof DamagedLog || error instanceof StoreUnavailable) return 'damage';
    throw error;
  } finally {
    reader.close();
  }
}

it.each([
  [6, 0x5a],
  [6, 0x01],
  [60, 0xff],
  [60, 0x5a],
])(
  'whichever page of a log of %i streams is damaged (by %i), reading and checking come to an end and give nothing false',
  async (streams, byte) => {
    const whole = await written(streams);
    const damaged = join(folder, 'damaged.db');
    for (let page = 0; page < statSync(whole).size / PAGE; page++) {
      for (const side of ['', '-wal', '-shm']) rmSync(damaged + side, { force: true });
      copyFileSync(whole, damaged);
      const handle = openSync(damaged, 'r+');
      writeSync(handle, Buffer.alloc(3_000, byte), 0, 3_000, page * PAGE + 500);
      closeSync(handle);
      expect([page, await readThrough(damaged, streams * 2)]).toEqual([page, expect.stringMatching(/the end|damage/)]);
      const reader = openSqliteReader(damaged);
      expect([page, (await reader.verify()).length]).toEqual([page, expect.any(Number)]);
      reader.close();
    }
  },
);
