import type { Group, Page, Query, ReadModels, Scalar, Stored } from '../port.ts';
import { BadQuery } from '../port.ts';
import type { Table } from './collection.ts';
import type { Connection } from './connection.ts';
import { guarded } from './errors.ts';
import { encode, phases, sortKeys } from './page.ts';
import { columnOf, searchSql, whereSql, type Sql } from './where.ts';

type Row = { tenant: string; id: string; version: number; revision: number; doc: string } & Record<string, string | number | null>;

/** Past so many documents a word is common: then the page walks its order and tests each. */
const COMMON = 5_000;
const MOST_ITEMS = 1_000;
const MOST_GROUPS = 1_000;

/** The half of the port that only reads. */
export function reading(connection: Connection): Pick<ReadModels, 'load' | 'query' | 'count' | 'group' | 'scan' | 'collections'> {
  const all = (sql: string, tenant: string | undefined, values: (string | number | null)[]): Row[] =>
    guarded(() => {
      const statement = connection.prepare(sql);
      return (tenant === undefined ? statement.all(...values) : statement.all({ tenant }, ...values)) as Row[];
    });

  const search = (table: Table, tenant: string, text: string): Sql[] =>
    searchSql(table, text).map((word) => {
      const [{ count }] = all(`SELECT count(*) AS count FROM (${word.text} LIMIT ${COMMON})`, tenant, word.values) as unknown as [{ count: number }];
      return { text: `${count < COMMON ? '' : '+'}rid IN (${word.text})`, values: word.values };
    });

  const condition = (table: Table, query: Pick<Query, 'tenant' | 'where' | 'search'>): Sql | undefined => {
    const parts: Sql[] = [{ text: 'tenant = :tenant', values: [] }];
    if (query.where) parts.push(whereSql(table, query.where));
    if (query.search !== undefined && query.search.trim() !== '') {
      const found = search(table, query.tenant, query.search);
      // Nothing in it is a word: nothing is found.
      if (found.length === 0) return undefined;
      parts.push(...found);
    }
    return { text: parts.map((part) => part.text).join(' AND '), values: parts.flatMap((part) => part.values) };
  };

  return {
    async load(collection, keys) {
      if (keys.length === 0) return [];
      const { table } = connection.table(collection);
      const statement = guarded(() => connection.prepare(`SELECT tenant, id, version, revision, doc FROM ${table} WHERE tenant = ? AND id = ?`));
      return guarded(() => keys.map(({ tenant, id }) => stored(statement.get(tenant, id) as Row | undefined)));
    },

    async query(query) {
      if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MOST_ITEMS) throw new BadQuery('limit', `is not a whole number from 1 to ${MOST_ITEMS}`);
      const table = connection.table(query.collection);
      const where = condition(table, query);
      if (!where) return { items: [] };
      const keys = sortKeys(table, query);
      const columns = [...new Set(['tenant', 'id', 'version', 'revision', 'doc', ...keys.map((key) => key.column)])].join(', ');
      const rows: Row[] = [];
      for (const { condition: phase, order } of phases(table, query)) {
        const missing = query.limit + 1 - rows.length;
        if (missing <= 0) break;
        rows.push(...all(`SELECT ${columns} FROM ${table.table} WHERE ${where.text} AND ${phase.text} ORDER BY ${order} LIMIT ${missing}`, query.tenant, [...where.values, ...phase.values]));
      }
      const items = rows.slice(0, query.limit);
      const page: Page = { items: items.map((row) => stored(row)!) };
      const last = items.at(-1);
      if (rows.length > query.limit && last) {
        const values = keys.map((key) => last[key.column] ?? null);
        page.next = encode({ absent: keys.length > 0 && values[0] === null, keys: values, id: last.id });
      }
      return page;
    },

    async count(query, upTo = 10_000) {
      const table = connection.table(query.collection);
      const where = condition(table, query);
      if (!where) return { count: 0, more: false };
      const [row] = all(`SELECT count(*) AS count FROM (SELECT 1 FROM ${table.table} WHERE ${where.text} LIMIT ${Math.trunc(upTo) + 1})`, query.tenant, where.values);
      const count = Number(row!.count);
      return { count: Math.min(count, upTo), more: count > upTo };
    },

    async group(query) {
      const table = connection.table(query.collection);
      const where = condition(table, query);
      if (!where) return [];
      const by = query.by.map((field) => columnOf(table, field));
      const sums = (query.sum ?? []).map((field) => columnOf(table, field));
      // Whole numbers beyond SQLite's are added in two halves, so that no sum overflows or rounds.
      const select = [
        ...by.map((column, index) => `coalesce(r${column}, k${column}) AS g${index}`),
        'count(*) AS count',
        ...sums.flatMap((column, index) => [`sum(CAST(k${column} AS INTEGER) / 1000000000) AS h${index}`, `sum(CAST(k${column} AS INTEGER) % 1000000000) AS l${index}`]),
      ].join(', ');
      const groupBy = by.length > 0 ? `GROUP BY ${by.map((_, index) => `g${index}`).join(', ')} ORDER BY ${by.map((_, index) => `g${index}`).join(', ')}` : '';
      const rows = all(`SELECT ${select} FROM ${table.table} WHERE ${where.text} ${groupBy} LIMIT ${MOST_GROUPS}`, query.tenant, where.values);
      return rows.map((row): Group => ({
        by: query.by.map((_, index) => (row[`g${index}`] ?? null) as Scalar),
        count: Number(row.count),
        sums: Object.fromEntries((query.sum ?? []).map((field, index) => [field, (BigInt(row[`h${index}`] ?? 0) * 1_000_000_000n + BigInt(row[`l${index}`] ?? 0)).toString()])),
      }));
    },

    async scan(collection, { tenant, after, limit }) {
      const { table } = connection.table(collection);
      const wheres = [...(tenant === undefined ? [] : ['tenant = ?']), ...(after ? ['(tenant, id) > (?, ?)'] : [])];
      const values = [...(tenant === undefined ? [] : [tenant]), ...(after ? [after.tenant, after.id] : [])];
      return all(`SELECT tenant, id, version, revision, doc FROM ${table} ${wheres.length > 0 ? `WHERE ${wheres.join(' AND ')}` : ''} ORDER BY tenant, id LIMIT ${Math.trunc(limit)}`, undefined, values).map((row) => stored(row)!);
    },

    async collections() {
      connection.refresh();
      return [...connection.tables.keys()];
    },
  };
}

function stored<T extends Row | undefined>(row: T): T extends Row ? Stored : Stored | undefined {
  return (row && { tenant: row.tenant, id: row.id, version: row.version, revision: row.revision, doc: JSON.parse(row.doc) as Record<string, unknown> }) as T extends Row ? Stored : Stored | undefined;
}

