import { rmSync } from 'node:fs';
import {
  DuckDBInstance,
  LIST,
  BIGINT,
  VARCHAR,
  listValue,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Span, SpanStore, SpanTable, SpanType, SpanValue } from './port.ts';

const TYPES: Record<SpanType, string> = {
  text: 'VARCHAR',
  whole: 'BIGINT',
  day: 'VARCHAR',
  flag: 'BOOLEAN',
  texts: 'VARCHAR[]',
  wholes: 'BIGINT[]',
};
const NAME = /^[a-z][a-z_]*$/;

/** As `openSpans`; a file that cannot be opened is thrown away first, for it can be rebuilt from the logs. */
export async function openOrRenewSpans(file: string, onRenewed: () => void): Promise<SpanStore> {
  try {
    return await openSpans(file);
  } catch (error) {
    // Somebody else has it open: that is no damage.
    if (/lock/i.test((error as Error).message)) throw error;
    for (const one of [file, `${file}.wal`]) rmSync(one, { force: true });
    onRenewed();
    return openSpans(file);
  }
}

/** Spans in a DuckDB file (or `:memory:`), held to 256 MB. One opener per process: DuckDB opened twice shows different rows. */
export async function openSpans(file: string): Promise<SpanStore> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: '256MB',
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // What was freed goes back to the machine after a second or two; else DuckDB keeps it.
    allocator_background_threads: 'true',
  });
  const db = await instance.connect();
  const reader = await instance.connect();
  // Without keys: an index costs some 6 MB of memory, for a dozen rows that nobody but this writes. Files of before had them, and are filled anew.
  await db.run('DROP TABLE IF EXISTS cursors; DROP TABLE IF EXISTS layouts');
  await db.run('CREATE TABLE IF NOT EXISTS followed (log VARCHAR NOT NULL, position BIGINT NOT NULL, place BIGINT, generation BIGINT)');
  await db.run('CREATE TABLE IF NOT EXISTS shapes (name VARCHAR NOT NULL, layout VARCHAR NOT NULL)');
  const tables = new Map<string, SpanTable>();
  let writing: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = writing.then(work);
    writing = result.catch(() => undefined);
    return result;
  };

  return {
    async declare(list) {
      for (const table of list) {
        for (const name of [table.name, ...Object.keys(table.columns)])
          if (!NAME.test(name)) throw new RangeError(`${name} is no name of a table or column`);
        const layout = JSON.stringify([table.version, table.columns]);
        const known = (await db.runAndReadAll('SELECT layout FROM shapes WHERE name = ?', [table.name])).getRowObjects()[0]?.layout;
        if (known !== layout) await db.run(`BEGIN; DROP TABLE IF EXISTS ${table.name}; DELETE FROM followed; COMMIT`);
        const columns = Object.entries(table.columns)
          .map(([name, type]) => `, ${name} ${TYPES[type]}`)
          .join('');
        await db.run(
          `CREATE TABLE IF NOT EXISTS ${table.name} (tenant VARCHAR NOT NULL, id VARCHAR NOT NULL, valid_from VARCHAR NOT NULL, valid_to VARCHAR NOT NULL, known_from VARCHAR NOT NULL, known_to VARCHAR NOT NULL${columns})`,
        );
        if (known !== layout) {
          await db.run('DELETE FROM shapes WHERE name = ?', [table.name]);
          await db.run('INSERT INTO shapes VALUES (?, ?)', [table.name, layout]);
        }
        tables.set(table.name, table);
      }
    },
    replace: (changes, cursor) =>
      exclusively(async () => {
        await db.run('BEGIN');
        try {
          for (const { table: name, records, spans } of changes) {
            const table = tables.get(name);
            if (!table) throw new RangeError(`table ${name} was never declared`);
            await deleteRecords(db, name, records);
            await insert(db, table, spans);
          }
          const { log, partition, position, offset, generation } = cursor;
          const id = partitionId(log, partition);
          await db.run('DELETE FROM followed WHERE log = ?', [id]);
          await db.run('INSERT INTO followed VALUES (?, ?, ?, ?)', [
            id,
            ...[position, offset, generation].map((number) => (number === undefined ? null : BigInt(number))),
          ]);
          await db.run('COMMIT');
        } catch (error) {
          await db.run('ROLLBACK');
          throw error;
        }
      }),
    async cursor(log, partition) {
      const sql = 'SELECT position, place, generation FROM followed WHERE log = ?';
      const [row] = (await db.runAndReadAll(sql, [partitionId(log, partition)])).getRowObjects();
      if (!row) return undefined;
      const position = Number(row.position);
      return row.place === null ? { position } : { position, offset: Number(row.place), generation: Number(row.generation) };
    },
    async ask(sql, values) {
      const result = await reader.runAndReadAll(sql, values as DuckDBValue[]);
      return result.getRowObjectsJS() as Record<string, unknown>[];
    },
    async close() {
      await writing;
      await db.run('CHECKPOINT');
      reader.closeSync();
      db.closeSync();
      instance.closeSync();
    },
  };
}

/** The first partition goes by the log's name alone: of most buses it is the only one. */
const partitionId = (log: string, partition: number) => (partition === 0 ? log : `${log}/${partition}`);

async function deleteRecords(db: DuckDBConnection, table: string, records: { tenant: string; id: string }[]): Promise<void> {
  const byTenant = new Map<string, string[]>();
  for (const { tenant, id } of records) byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), id]);
  for (const [tenant, ids] of byTenant)
    await db.run(
      `DELETE FROM ${table} WHERE tenant = $1 AND id IN (SELECT unnest($2))`,
      [tenant, listValue(ids)],
      [VARCHAR, LIST(VARCHAR)],
    );
}

async function insert(db: DuckDBConnection, table: SpanTable, spans: Span[]): Promise<void> {
  if (spans.length === 0) return;
  const appender = await db.createAppender(table.name);
  for (const span of spans) {
    for (const text of [span.tenant, span.id, span.validFrom, span.validTo, span.knownFrom, span.knownTo]) appender.appendVarchar(text);
    for (const [name, type] of Object.entries(table.columns)) append(appender, type, span.values[name]);
    appender.endRow();
  }
  appender.closeSync();
}

function append(appender: DuckDBAppender, type: SpanType, value: SpanValue | string[] | bigint[] | undefined): void {
  if (value === undefined || value === null) appender.appendNull();
  else if (type === 'whole') appender.appendBigInt(BigInt(value as bigint));
  else if (type === 'flag') appender.appendBoolean(value as boolean);
  else if (type === 'texts') appender.appendList(listValue(value as string[]), LIST(VARCHAR));
  else if (type === 'wholes') appender.appendList(listValue(value as bigint[]), LIST(BIGINT));
  else appender.appendVarchar(value as string);
}
