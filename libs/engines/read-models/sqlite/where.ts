import { foldText, words as wordsOf } from '#model';
import { BadQuery, type Scalar, type Where } from '../port.ts';
import { elementOf, keptOf, type Table } from './collection.ts';

export type Sql = { text: string; values: (string | number | null)[] };

const DEEPEST = 12;
const LAST = '\u{10ffff}';

/** The condition of a query. Fields are checked against what is declared; values are always bound. @throws BadQuery */
export function whereSql(table: Table, where: Where, depth = 0): Sql {
  if (depth > DEEPEST) throw new BadQuery('filter', 'is nested too deeply');
  if ('and' in where) return joined(table, where.and, ' AND ', '1', depth);
  if ('or' in where) return joined(table, where.or, ' OR ', '0', depth);
  if ('not' in where) {
    const inner = whereSql(table, where.not, depth + 1);
    return { text: `NOT coalesce(${inner.text}, 0)`, values: inner.values };
  }
  const column = columnOf(table, where.field);
  const key = `k${column}`;
  switch (where.op) {
    case 'eq':
      return equal(column, where.value);
    case 'ne': {
      const { text, values } = equal(column, where.value);
      return { text: `NOT coalesce(${text}, 0)`, values };
    }
    case 'in': {
      if (where.value.length === 0) return { text: '0', values: [] };
      if (where.value.length === 1) return equal(column, where.value[0]!);
      if (where.value.length > 1000) throw new BadQuery(where.field, 'names more than 1,000 values');
      const plain = where.value.filter((value) => value !== null).map(keptOf);
      // Keys narrow by the index, raw text decides.
      const text = `(${key} IN (${plain.map(() => '?').join(',')}) AND coalesce(r${column}, ${key}) IN (${plain.map(() => '?').join(',')}))`;
      const values = [...plain.map((one) => one.key), ...plain.map((one) => one.raw ?? one.key)];
      return where.value.includes(null) ? { text: `(${text} OR ${key} IS NULL)`, values } : { text, values };
    }
    case 'lt':
      return { text: `${key} < ?`, values: [keptOf(where.value).key] };
    case 'lte':
      return { text: `${key} <= ?`, values: [keptOf(where.value).key] };
    case 'gt':
      return { text: `${key} > ?`, values: [keptOf(where.value).key] };
    case 'gte':
      return { text: `${key} >= ?`, values: [keptOf(where.value).key] };
    case 'prefix': {
      const prefix = foldText(String(where.value));
      return { text: `(${key} >= ? AND ${key} < ?)`, values: [prefix, prefix + LAST] };
    }
    case 'has':
      return elements(table, column, [where.value]);
    case 'hasAny':
      return elements(table, column, where.value);
  }
}

function joined(table: Table, parts: Where[], glue: string, none: string, depth: number): Sql {
  if (parts.length === 0) return { text: none, values: [] };
  if (parts.length > 1000) throw new BadQuery('filter', 'has too many terms');
  const all = parts.map((part) => whereSql(table, part, depth + 1));
  return { text: `(${all.map((part) => part.text).join(glue)})`, values: all.flatMap((part) => part.values) };
}

function equal(column: number, value: Scalar): Sql {
  const { key, raw } = keptOf(value);
  if (key === null) return { text: `k${column} IS NULL`, values: [] };
  return raw === null ? { text: `(k${column} = ? AND r${column} IS NULL)`, values: [key] } : { text: `(k${column} = ? AND r${column} = ?)`, values: [key, raw] };
}

function elements(table: Table, column: number, wanted: Scalar[]): Sql {
  const values = wanted.map(elementOf).filter((value) => value !== null);
  if (values.length === 0) return { text: '0', values: [] };
  return { text: `rid IN (SELECT rid FROM ${table.table}_lists WHERE tenant = :tenant AND field = ${column} AND value IN (${values.map(() => '?').join(',')}))`, values };
}

/** The columns of a declared field. @throws BadQuery naming what could be asked instead */
export function columnOf(table: Table, field: string): number {
  const column = table.columns.get(field);
  if (column === undefined) throw new BadQuery(field, `cannot be filtered or sorted by; possible: ${[...table.columns.keys()].filter((name) => name !== 'gone').join(', ')}`);
  return column;
}

/** A condition per word of a search: each begins a word of the document. */
export function searchSql(table: Table, search: string): Sql[] {
  return wordsOf(search)
    .slice(0, 12)
    .map((word) => ({ text: `SELECT rid FROM ${table.table}_words WHERE tenant = :tenant AND word >= ? AND word < ?`, values: [word, word + LAST] }));
}
