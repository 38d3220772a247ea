import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Recent } from '#model';
import { ModelsUnavailable } from '../port.ts';

export type Param = SQLInputValue;
/** A piece of SQL with the values of its question marks. Values only ever travel as bound parameters. */
export type Sql = { text: string; params: Param[] };

const MOST_STATEMENTS = 400;
const FORMAT = 2;

/** One connection to the file, with its prepared statements kept by their text. */
export type Connection = {
  readonly db: DatabaseSync;
  prepare(sql: string): StatementSync;
  /** Rows as arrays: cheaper than objects. */
  all(sql: Sql): unknown[][];
  first(sql: Sql): unknown[] | undefined;
  close(): void;
};

/** @throws ModelsUnavailable when the file cannot be opened, or was made by another format of ours */
export function connect(file: string, how: { readOnly: boolean; cacheMb: number }): Connection {
  if (how.readOnly && !existsSync(file)) throw new ModelsUnavailable(`the read models are not there yet: ${file}`);
  const db = translated(() => new DatabaseSync(file, { readOnly: how.readOnly, timeout: how.readOnly ? 1_000 : 5_000 }));
  translated(() => {
    if (!how.readOnly)
      db.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000',
      );
    db.exec(`PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${how.cacheMb * 1024}`);
    const format = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
    if (format !== FORMAT && format !== 0)
      throw new ModelsUnavailable(`${file} has format ${format}, this release reads ${FORMAT}`, { outdated: true });
    if (format === 0 && !how.readOnly)
      db.exec(`BEGIN;
        CREATE TABLE collections (n INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, layout TEXT NOT NULL);
        CREATE TABLE tenants (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        PRAGMA user_version = ${FORMAT};
        COMMIT`);
  });
  const kept = new Recent<StatementSync>(MOST_STATEMENTS);
  const prepare = (sql: string): StatementSync => {
    const known = kept.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    made.setReturnArrays(true);
    kept.set(sql, made);
    return made;
  };
  return {
    db,
    prepare,
    all: ({ text, params }) => prepare(text).all(...params) as unknown as unknown[][],
    first: ({ text, params }) => prepare(text).get(...params) as unknown as unknown[] | undefined,
    close() {
      kept.clear();
      if (db.isOpen) db.close();
    },
  };
}

/** SQLite's primary result codes that mean the engine, not the statement: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const ENGINE_FAULTS = new Set([5, 6, 8, 10, 11, 13, 14, 26]);

/** CORRUPT and NOTADB. */
const DAMAGE = new Set([11, 26]);

/** Runs work on the engine. @throws ModelsUnavailable in place of SQLite's own words for a full disk, a lock, a damaged or unreadable file */
export function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asUnavailable(error);
  }
}

export function asUnavailable(error: unknown): unknown {
  const { errcode, errstr } = error as { errcode?: number; errstr?: string };
  if (typeof errcode !== 'number' || !ENGINE_FAULTS.has(errcode & 0xff)) return error;
  return new ModelsUnavailable(`read models: ${errstr ?? 'engine fault'} (SQLite ${errcode})`, {
    cause: error,
    damaged: DAMAGE.has(errcode & 0xff),
  });
}

/** A table or column that a prepared layout names is gone: the collection was dropped or laid out anew by the writer. */
export const isStaleLayout = (error: unknown): boolean =>
  /no such (table|column|index)/.test((error as { message?: string }).message ?? '');
