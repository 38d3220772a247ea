import type { CollectionSpec, ReadModels, Write } from '../port.ts';
import { at, documentWords, fieldsOf, keptOf, listEntries, tableOf, type Table } from './collection.ts';
import { Connection } from './connection.ts';
import { guarded, ModelsUnavailable } from './errors.ts';
import { reading } from './reading.ts';

export { ModelsUnavailable } from './errors.ts';

/** Writes are cut into transactions of this many, so that none holds the file for long. */
const SLICE = 1_000;

/** Read models in one file, read and written here. @throws ModelsUnavailable */
export function openReadModels(file: string): ReadModels {
  const connection = new Connection(file, false);
  connection.refresh();
  return { ...reading(connection), ...writing(connection) };
}

/** The reading half, by a connection of its own beside the writer's; the file must be there. Its writing half refuses. */
export function readOnlyModels(file: string): ReadModels {
  const connection = new Connection(file, true);
  const refuse = () => Promise.reject(new ModelsUnavailable('these read models are open for reading only'));
  return { ...reading(connection), declare: refuse, save: refuse, clear: refuse, drop: refuse, scrub: refuse, close: async () => connection.db.close() };
}

function writing(connection: Connection): Pick<ReadModels, 'declare' | 'save' | 'clear' | 'drop' | 'scrub' | 'close'> {
  const { db } = connection;
  const transaction = <T>(work: () => T): T =>
    guarded(() => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });
  return {
    async declare(specs) {
      for (const spec of specs) transaction(() => declareOne(connection, spec));
    },
    async save(writes) {
      const lost: Write[] = [];
      for (let start = 0; start < writes.length; start += SLICE) {
        const slice = writes.slice(start, start + SLICE);
        lost.push(...transaction(() => slice.filter((write) => !saveOne(connection, write))));
      }
      return lost;
    },
    async clear(collection, tenant) {
      const { table } = connection.table(collection);
      const where = tenant === undefined ? '' : ' WHERE tenant = ?';
      transaction(() => {
        for (const name of [table, `${table}_lists`, `${table}_words`]) db.prepare(`DELETE FROM ${name}${where}`).run(...(tenant === undefined ? [] : [tenant]));
      });
    },
    async drop(collection) {
      connection.refresh();
      const table = connection.tables.get(collection)?.table;
      if (!table) return;
      connection.forgetStatements();
      transaction(() => {
        for (const name of [table, `${table}_lists`, `${table}_words`]) db.exec(`DROP TABLE IF EXISTS ${name}`);
        db.prepare('DELETE FROM collections WHERE name = ?').run(collection);
      });
      connection.tables.delete(collection);
    },
    async scrub() {
      guarded(() => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    },
    async close() {
      guarded(() => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
      db.close();
    },
  };
}

function declareOne(connection: Connection, spec: CollectionSpec): void {
  const { db } = connection;
  const kept = connection.tables.get(spec.name);
  const known = kept ? [...kept.columns.keys()] : [];
  const fields = [...known, ...fieldsOf(spec).filter((field) => !known.includes(field))];
  const unchanged = kept && JSON.stringify(kept.spec) === JSON.stringify(spec);
  if (unchanged) return;
  if (!kept) {
    const columns = fields.map((_, index) => `, k${index}, r${index}`).join('');
    db.prepare('INSERT INTO collections (name, spec, fields) VALUES (?, ?, ?)').run(spec.name, JSON.stringify(spec), JSON.stringify(fields));
    const { number } = db.prepare('SELECT number FROM collections WHERE name = ?').get(spec.name) as { number: number };
    const name = `c${number}`;
    db.exec(`CREATE TABLE ${name} (rid INTEGER PRIMARY KEY, tenant TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, revision INTEGER NOT NULL, doc TEXT NOT NULL, tokens TEXT${columns}, UNIQUE (tenant, id));
      CREATE TABLE ${name}_lists (tenant TEXT NOT NULL, field INTEGER NOT NULL, value NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (tenant, field, value, rid)) WITHOUT ROWID;
      CREATE TABLE ${name}_words (tenant TEXT NOT NULL, word TEXT NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (tenant, word, rid)) WITHOUT ROWID;`);
    connection.tables.set(spec.name, tableOf(spec, number, fields));
  } else {
    connection.forgetStatements();
    for (let column = known.length; column < fields.length; column++) db.exec(`ALTER TABLE ${kept.table} ADD COLUMN k${column}; ALTER TABLE ${kept.table} ADD COLUMN r${column}`);
    db.prepare('UPDATE collections SET spec = ?, fields = ? WHERE name = ?').run(JSON.stringify(spec), JSON.stringify(fields), spec.name);
    connection.tables.set(spec.name, tableOf(spec, Number(kept.table.slice(1)), fields));
  }
  const table = connection.tables.get(spec.name)!;
  indexTable(connection, table);
  if (kept) refill(connection, table);
}

/** An index per declared list of fields and per field alone: each starts with the tenant and ends with the id, so that a sorted page is read straight off it. */
function indexTable(connection: Connection, { spec, table, columns }: Table): void {
  for (const fields of [...spec.indexes, ...fieldsOf({ ...spec, sums: [] }).map((field) => [field])]) {
    const keys = fields.map((field) => `k${columns.get(field)!}`);
    connection.db.exec(`CREATE INDEX IF NOT EXISTS ${table}_${keys.join('_')} ON ${table} (tenant, ${keys.join(', ')}, id)`);
  }
}

/** Documents that were there before a field or word was declared. */
function refill(connection: Connection, table: Table): void {
  const rows = connection.db.prepare(`SELECT rid, tenant, doc, tokens FROM ${table.table}`).all() as { rid: number; tenant: string; doc: string; tokens: string | null }[];
  for (const row of rows) {
    const doc = JSON.parse(row.doc) as Record<string, unknown>;
    const scalars = [...table.columns].flatMap(([field, index]) => {
      const { key, raw } = keptOf(at(doc, field));
      return [{ sql: `k${index} = ?, r${index} = ?`, values: [key, raw] }];
    });
    if (scalars.length > 0) connection.prepare(`UPDATE ${table.table} SET ${scalars.map((one) => one.sql).join(', ')} WHERE rid = ?`).run(...scalars.flatMap((one) => one.values), row.rid);
    const before = tokensOf(row.tokens);
    const tokens = { lists: listEntries(table, doc), words: [...new Set([...documentWords(table, doc, undefined), ...before.words])] };
    moveTokens(connection, table, row.tenant, row.rid, before, tokens);
    connection.prepare(`UPDATE ${table.table} SET tokens = ? WHERE rid = ?`).run(JSON.stringify(tokens), row.rid);
  }
}

type Tokens = { lists: [number, string | number][]; words: string[] };
const NO_TOKENS: Tokens = { lists: [], words: [] };
const tokensOf = (text: string | null | undefined): Tokens => (text ? (JSON.parse(text) as Tokens) : NO_TOKENS);

/** @returns false when another version was there */
function saveOne(connection: Connection, write: Write): boolean {
  const table = connection.table(write.collection);
  const { tenant, id, expected, doc } = write;
  const name = table.table;
  if (expected === 0 && doc === null) return true;
  const kept = expected === 0 ? undefined : (connection.prepare(`SELECT rid, tokens FROM ${name} WHERE tenant = ? AND id = ? AND version = ?`).get(tenant, id, expected) as { rid: number; tokens: string | null } | undefined);
  if (expected > 0 && !kept) return false;
  if (doc === null) {
    moveTokens(connection, table, tenant, kept!.rid, tokensOf(kept!.tokens), NO_TOKENS);
    connection.prepare(`DELETE FROM ${name} WHERE rid = ?`).run(kept!.rid);
    return true;
  }
  const tokens: Tokens = { lists: listEntries(table, doc), words: documentWords(table, doc, write.words) };
  const packed = tokens.lists.length + tokens.words.length > 0 ? JSON.stringify(tokens) : null;
  const values: (string | number | null)[] = [write.revision, JSON.stringify(doc), packed];
  for (const field of table.columns.keys()) {
    const { key, raw } = keptOf(at(doc, field));
    values.push(key, raw);
  }
  if (kept) {
    connection.prepare(updateSql(table)).run(expected + 1, ...values, kept.rid);
    if (kept.tokens !== packed) moveTokens(connection, table, tenant, kept.rid, tokensOf(kept.tokens), tokens);
    return true;
  }
  const inserted = connection.prepare(insertSql(table)).run(tenant, id, 1, ...values);
  if (inserted.changes === 0) return false;
  moveTokens(connection, table, tenant, Number(inserted.lastInsertRowid), NO_TOKENS, tokens);
  return true;
}

const sqlTexts = new WeakMap<Table, { insert: string; update: string }>();
function texts(table: Table): { insert: string; update: string } {
  let made = sqlTexts.get(table);
  if (!made) {
    const columns = [...table.columns.values()].flatMap((index) => [`k${index}`, `r${index}`]);
    const names = ['tenant', 'id', 'version', 'revision', 'doc', 'tokens', ...columns];
    made = {
      insert: `INSERT OR IGNORE INTO ${table.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      update: `UPDATE ${table.table} SET ${['version', 'revision', 'doc', 'tokens', ...columns].map((column) => `${column} = ?`).join(', ')} WHERE rid = ?`,
    };
    sqlTexts.set(table, made);
  }
  return made;
}
const insertSql = (table: Table) => texts(table).insert;
const updateSql = (table: Table) => texts(table).update;

/** Only entries that changed are written. */
function moveTokens(connection: Connection, { table }: Table, tenant: string, rid: number, before: Tokens, after: Tokens): void {
  const keyOf = ([field, value]: [number, string | number]) => `${field} ${typeof value} ${value}`;
  const [oldLists, newLists] = [new Set(before.lists.map(keyOf)), new Set(after.lists.map(keyOf))];
  for (const entry of before.lists) if (!newLists.has(keyOf(entry))) connection.prepare(`DELETE FROM ${table}_lists WHERE tenant = ? AND field = ? AND value = ? AND rid = ?`).run(tenant, ...entry, rid);
  for (const entry of after.lists) if (!oldLists.has(keyOf(entry))) connection.prepare(`INSERT OR IGNORE INTO ${table}_lists (tenant, field, value, rid) VALUES (?, ?, ?, ?)`).run(tenant, ...entry, rid);
  const [oldWords, newWords] = [new Set(before.words), new Set(after.words)];
  for (const word of before.words) if (!newWords.has(word)) connection.prepare(`DELETE FROM ${table}_words WHERE tenant = ? AND word = ? AND rid = ?`).run(tenant, word, rid);
  for (const word of after.words) if (!oldWords.has(word)) connection.prepare(`INSERT OR IGNORE INTO ${table}_words (tenant, word, rid) VALUES (?, ?, ?)`).run(tenant, word, rid);
}
