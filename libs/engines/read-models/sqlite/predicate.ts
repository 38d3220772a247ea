import type { Scalar, Where } from '../port.ts';
import { afterPrefix, sortKey } from '../query/keys.ts';
import type { Param, Sql } from './connection.ts';
import { keyOfScalar, rawOfScalar } from './entry.ts';
import { ABSENT_SQL, placeOf, type Layout } from './layout.ts';

type Leaf = Extract<Where, { field: string }>;

/** A where-tree as a condition on `c`, two-valued: no part of it is ever NULL. */
export function condition(layout: Layout, tenant: number, where: Where): Sql {
  if ('and' in where)
    return joined(
      'AND',
      '1',
      where.and.map((one) => condition(layout, tenant, one)),
    );
  if ('or' in where)
    return joined(
      'OR',
      '0',
      where.or.map((one) => condition(layout, tenant, one)),
    );
  if ('not' in where) {
    const inner = condition(layout, tenant, where.not);
    return { text: `NOT ${inner.text}`, params: inner.params };
  }
  return leaf(layout, tenant, where);
}

/** Halved again and again: SQLite refuses trees deeper than 1,000. */
function joined(word: 'AND' | 'OR', none: string, parts: Sql[]): Sql {
  if (parts.length === 0) return { text: none, params: [] };
  if (parts.length === 1) return parts[0]!;
  const half = parts.length >> 1;
  const [one, other] = [joined(word, none, parts.slice(0, half)), joined(word, none, parts.slice(half))];
  return { text: `(${one.text} ${word} ${other.text})`, params: [...one.params, ...other.params] };
}

function leaf(layout: Layout, tenant: number, { field, op, value }: Leaf): Sql {
  const place = placeOf(layout, field);
  switch (op) {
    case 'eq':
      return equals(place, value);
    case 'ne': {
      const same = equals(place, value);
      return { text: `NOT ${same.text}`, params: same.params };
    }
    case 'in':
      return among(place, value);
    case 'has':
      return element(layout, tenant, place, [value]);
    case 'hasAny':
      return element(layout, tenant, place, value);
    default:
      return range(`c.s${place}`, op, value);
  }
}

function equals(place: number, value: Scalar): Sql {
  if (value === null) return { text: `(c.s${place} = ${ABSENT_SQL})`, params: [] };
  const key = keyOfScalar(value);
  const raw = rawOfScalar(value, key);
  if (typeof value !== 'string') return { text: `(c.s${place} = ?)`, params: [key] };
  return raw === null
    ? { text: `(c.s${place} = ? AND c.r${place} IS NULL)`, params: [key] }
    : { text: `(c.s${place} = ? AND c.r${place} IS ?)`, params: [key, raw] };
}

const exact = (value: Scalar): Param => (typeof value === 'string' ? value : keyOfScalar(value));

function among(place: number, values: Scalar[]): Sql {
  if (values.length === 0) return { text: '(0)', params: [] };
  return { text: `(coalesce(c.r${place}, c.s${place}) IN (${marks(values.length)}))`, params: padded(values.map(exact)) };
}

/** An element of a list, or the value itself where the field holds no list. */
function element(layout: Layout, tenant: number, place: number, values: Scalar[]): Sql {
  if (values.length === 0) return { text: '(0)', params: [] };
  const list = marks(values.length);
  const [keys, raws] = [padded(values.map(keyOfScalar)), padded(values.map(exact))];
  return {
    text: `(coalesce(c.r${place}, c.s${place}) IN (${list}) OR EXISTS (SELECT 1 FROM a${layout.n} AS a WHERE a.t = ? AND a.f = ? AND a.s IN (${list}) AND a.row = c.row AND CASE a.r WHEN '' THEN a.s ELSE a.r END IN (${list})))`,
    params: [...raws, tenant, place, ...keys, ...raws],
  };
}

/** Values are compared with values of their own type only. */
export function range(column: string, op: 'lt' | 'lte' | 'gt' | 'gte' | 'prefix', value: Scalar): Sql {
  if (op === 'prefix') {
    const from = sortKey(value as string);
    const to = afterPrefix(from);
    return to === undefined
      ? { text: `(${column} >= ? AND ${column} < x'')`, params: [from] }
      : { text: `(${column} >= ? AND ${column} < ?)`, params: [from, to] };
  }
  const key = keyOfScalar(value);
  const [lowest, above] = typeof value === 'string' ? ["''", "x''"] : typeof value === 'number' ? ['-9e999', "''"] : ["x''", "x'02'"];
  const text =
    op === 'gt'
      ? `${column} > ? AND ${column} < ${above}`
      : op === 'gte'
        ? `${column} >= ? AND ${column} < ${above}`
        : `${column} ${op === 'lt' ? '<' : '<='} ? AND ${column} >= ${lowest}`;
  return { text: `(${text})`, params: [key] };
}

/** Lists are filled up to a power of two by repeating their last value, so that few statements serve all lengths. */
const lengthFor = (count: number) => 2 ** Math.ceil(Math.log2(count));
export const marks = (count: number): string => Array.from({ length: lengthFor(count) }, () => '?').join(', ');
export const padded = (values: Param[]): Param[] => [
  ...values,
  ...Array.from({ length: lengthFor(values.length) - values.length }, () => values.at(-1)!),
];
