import { DatabaseSync } from 'node:sqlite';

export type SqliteOptions = {
  /** How long a write waits for a lock somebody else holds, in milliseconds. Nobody should hold one. Default 200. */
  busyTimeout?: number;
  /** The file's largest size in pages of 4 KiB; an append beyond it fails as on a full disk. Default: no limit. */
  maxPages?: number;
};

/**
 * `body` is the whole event but for its position; the columns beside it are what is searched and checked by. Positions are given without gaps.
 * The unique key is also the index by which streams are read.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (tenant, stream, revision)
  ) STRICT`;

/** The one connection that writes a log file; makes the file when there is none. */
export function openForWriting(file: string, { busyTimeout = 200, maxPages }: SqliteOptions = {}): DatabaseSync {
  return opened(new DatabaseSync(file, { timeout: busyTimeout }), (db) => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    db.exec('PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864');
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    db.exec(SCHEMA);
  });
}

/** A connection that only reads; the file must exist. */
export function openForReading(file: string, { busyTimeout = 200 }: SqliteOptions = {}): DatabaseSync {
  return opened(new DatabaseSync(file, { readOnly: true, timeout: busyTimeout }), (db) => db.exec('PRAGMA cache_size = -16000'));
}

function opened(db: DatabaseSync, prepare: (db: DatabaseSync) => void): DatabaseSync {
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
