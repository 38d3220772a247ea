import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { CollectionSpec } from '../port.ts';
import { tableOf, type Table } from './collection.ts';
import { guarded } from './errors.ts';

const MOST_STATEMENTS = 2_000;

/** One connection with its prepared statements and what it knows of the collections. */
export class Connection {
  readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  readonly tables = new Map<string, Table>();

  constructor(file: string, readOnly: boolean) {
    this.db = guarded(() => {
      const db = new DatabaseSync(file, { readOnly });
      db.exec('PRAGMA busy_timeout=2000; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;');
      if (!readOnly)
        db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;
          CREATE TABLE IF NOT EXISTS collections (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, spec TEXT NOT NULL, fields TEXT NOT NULL);`);
      return db;
    });
  }

  /** A prepared statement; those least lately used are let go. */
  prepare(sql: string): StatementSync {
    const kept = this.statements.get(sql);
    if (kept) {
      this.statements.delete(sql);
      this.statements.set(sql, kept);
      return kept;
    }
    const made = this.db.prepare(sql);
    this.statements.set(sql, made);
    if (this.statements.size > MOST_STATEMENTS) this.statements.delete(this.statements.keys().next().value!);
    return made;
  }

  /** What the file says of its collections; another connection may have made some. */
  refresh(): void {
    this.tables.clear();
    const rows = guarded(() => this.db.prepare('SELECT number, name, spec, fields FROM collections').all()) as { number: number; name: string; spec: string; fields: string }[];
    for (const row of rows) this.tables.set(row.name, tableOf(JSON.parse(row.spec) as CollectionSpec, row.number, JSON.parse(row.fields) as string[]));
  }

  table(name: string): Table {
    let table = this.tables.get(name);
    if (!table) {
      this.refresh();
      table = this.tables.get(name);
    }
    if (!table) throw new RangeError(`collection ${name} was never declared`);
    return table;
  }

  forgetStatements(): void {
    this.statements.clear();
  }
}
