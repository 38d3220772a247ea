import { BadQuery, type Query } from '../port.ts';
import { columnOf, type Sql } from './where.ts';
import type { Table } from './collection.ts';

type SortKey = { column: string; desc: boolean };
/** Where a page ended: whether among the absent values of its first key, its keys, its id. */
type Cursor = { absent: boolean; keys: (string | number | null)[]; id: string };

export function sortKeys(table: Table, query: Query): SortKey[] {
  if ((query.sort?.length ?? 0) > 5) throw new BadQuery('sort', 'has more than 5 keys');
  return (query.sort ?? []).filter(({ field }) => field !== 'id').map(({ field, desc }) => ({ column: `k${columnOf(table, field)}`, desc: desc ?? false }));
}

const idDescends = (query: Query, keys: SortKey[]) => keys.at(-1)?.desc ?? query.sort?.find(({ field }) => field === 'id')?.desc ?? false;

/**
 * A page is read straight off an index: first the documents that have the first sort key, then those that lack it. Gives the statements to run one
 * after the other until the page is full.
 */
export function phases(table: Table, query: Query): { condition: Sql; order: string }[] {
  const keys = sortKeys(table, query);
  const cursor = query.after === undefined ? undefined : decode(query.after, keys.length);
  const down = idDescends(query, keys);
  const order = (list: SortKey[]) => [...list.map(({ column, desc }, index) => `${column} ${desc ? 'DESC' : 'ASC'}${index > 0 ? ' NULLS LAST' : ''}`), `id ${down ? 'DESC' : 'ASC'}`].join(', ');
  const [first, ...rest] = keys;
  if (!first) return [{ condition: cursor ? { text: `id ${down ? '<' : '>'} ?`, values: [cursor.id] } : { text: '1', values: [] }, order: order([]) }];
  const present = { condition: both({ text: `${first.column} IS NOT NULL`, values: [] }, cursor && !cursor.absent ? afterSql(keys, cursor, down) : undefined), order: order(keys) };
  const absent = { condition: both({ text: `${first.column} IS NULL`, values: [] }, cursor?.absent ? afterSql(rest, { ...cursor, keys: cursor.keys.slice(1) }, down) : undefined), order: order(rest) };
  return cursor?.absent ? [absent] : [present, absent];
}

function both(a: Sql, b: Sql | undefined): Sql {
  return b ? { text: `${a.text} AND ${b.text}`, values: [...a.values, ...b.values] } : a;
}

/** What comes after a cursor in the order of the keys, absent values last. */
function afterSql(keys: SortKey[], cursor: Cursor, down: boolean): Sql {
  const terms: Sql[] = [];
  const same: Sql[] = [];
  for (const [index, { column, desc }] of keys.entries()) {
    const value = cursor.keys[index] ?? null;
    if (value !== null) terms.push(all([...same, { text: `(${column} ${desc ? '<' : '>'} ? OR ${column} IS NULL)`, values: [value] }]));
    same.push(value === null ? { text: `${column} IS NULL`, values: [] } : { text: `${column} = ?`, values: [value] });
  }
  terms.push(all([...same, { text: `id ${down ? '<' : '>'} ?`, values: [cursor.id] }]));
  const or: Sql = { text: `(${terms.map((term) => term.text).join(' OR ')})`, values: terms.flatMap((term) => term.values) };
  // A plain bound on the first key lets the index start where the page does.
  const [lead, value] = [keys[0], cursor.keys[0] ?? null];
  return lead && value !== null ? { text: `${lead.column} ${lead.desc ? '<=' : '>='} ? AND ${or.text}`, values: [value, ...or.values] } : or;
}

const all = (parts: Sql[]): Sql => ({ text: `(${parts.map((part) => part.text).join(' AND ')})`, values: parts.flatMap((part) => part.values) });

export const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify([cursor.absent ? 1 : 0, cursor.id, ...cursor.keys])).toString('base64url');

function decode(text: string, keys: number): Cursor {
  const fault = () => new BadQuery('cursor', 'is not one that a former page gave for this order');
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString()) as (string | number | null)[];
    const [absent, id, ...rest] = parts;
    const scalar = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'number';
    if (!Array.isArray(parts) || (absent !== 0 && absent !== 1) || typeof id !== 'string' || rest.length !== keys || !rest.every(scalar)) throw fault();
    return { absent: absent === 1, id, keys: rest };
  } catch {
    throw fault();
  }
}
