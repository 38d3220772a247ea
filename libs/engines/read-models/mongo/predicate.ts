import type { mongo } from 'mongoose';
import type { Scalar, Where } from '../port.ts';
import { rawOf } from '../query/entry.ts';
import { afterPrefix, sortKey } from '../query/keys.ts';
import { ABSENT, elementOf, keyOfScalar, type SortKey } from './entry.ts';
import { rawName, sortName, type StoredDoc } from './layout.ts';

export type Filter = mongo.Filter<StoredDoc>;
type Leaf = Extract<Where, { field: string }>;

const NOTHING: Filter = { _id: { $in: [] } };

export const allOf = (parts: Filter[]): Filter => {
  const real = parts.filter((part) => Object.keys(part).length > 0);
  return real.length === 0 ? {} : real.length === 1 ? real[0]! : { $and: real };
};
export const anyOf = (parts: Filter[]): Filter => (parts.length === 0 ? NOTHING : parts.length === 1 ? parts[0]! : { $or: parts });

/** A checked where-tree as MongoDB's filter. */
export function filterOf(where: Where): Filter {
  if ('and' in where) return allOf(where.and.map(filterOf));
  if ('or' in where) return anyOf(where.or.map(filterOf));
  if ('not' in where) return { $nor: [filterOf(where.not)] };
  return leaf(where);
}

function leaf({ field, op, value }: Leaf): Filter {
  switch (op) {
    case 'eq':
      return among(field, [value]);
    case 'ne':
      return { $nor: [among(field, [value])] };
    case 'in':
      return among(field, value);
    case 'has':
      return element(field, [value]);
    case 'hasAny':
      return element(field, value);
    case 'prefix':
      return { [sortName(field)]: beginning(sortKey(value as string)) };
    // Each compares with values of its own type only, which is what the port asks for.
    case 'lt':
      return { [sortName(field)]: { $lt: keyOfScalar(value) } };
    case 'lte':
      return { [sortName(field)]: { $lte: keyOfScalar(value) } };
    case 'gt':
      return { [sortName(field)]: { $gt: keyOfScalar(value) } };
    case 'gte':
      return { [sortName(field)]: { $gte: keyOfScalar(value) } };
  }
}

/** The field is one of these: by its key, and by its text where that is another. */
function among(field: string, values: Scalar[]): Filter {
  const plain: SortKey[] = [];
  const keys: SortKey[] = [];
  const raws: string[] = [];
  for (const value of values) {
    const key = keyOfScalar(value);
    const raw = rawOf(value, key);
    if (raw === undefined) plain.push(key);
    else {
      keys.push(key);
      raws.push(raw);
    }
  }
  const parts: Filter[] = [];
  if (plain.length > 0) parts.push({ [sortName(field)]: oneOf(plain), [rawName(field)]: null });
  if (raws.length > 0) parts.push({ [sortName(field)]: oneOf(keys), [rawName(field)]: oneOf(raws) });
  return anyOf(parts);
}

const oneOf = <T>(values: T[]): T | { $in: T[] } => (values.length === 1 ? values[0]! : { $in: values });

/** An element of a list, or the value itself where the field holds no list. */
function element(field: string, values: Scalar[]): Filter {
  if (values.length === 0) return NOTHING;
  return anyOf([{ l: oneOf(values.map((value) => elementOf(field, value))) }, among(field, values)]);
}

function beginning(prefix: string): { $gte: string; $lt?: string } {
  const to = afterPrefix(prefix);
  return to === undefined ? { $gte: prefix } : { $gte: prefix, $lt: to };
}

/** One word of the document begins so. */
export const wordBegins = (word: string): Filter => ({ w: { $elemMatch: beginning(word) } });

/** The filter's fields that are pinned to one value; sorting by them sorts nothing. */
export function pinnedBy(where: Where): Set<string> {
  const pinned = new Set<string>();
  for (const part of 'and' in where ? where.and : [where])
    if ('field' in part && (part.op === 'eq' || (part.op === 'in' && part.value.length === 1))) pinned.add(part.field);
  return pinned;
}

export const isAbsent = (key: unknown): boolean => key === ABSENT;
