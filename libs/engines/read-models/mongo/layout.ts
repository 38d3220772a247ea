import type { mongo } from 'mongoose';
import type { Kept } from '../query/spec.ts';

/**
 * How a document of a collection is kept. `_id`: tenant, U+0000 and id: they sort as the keys do. `t` tenant, `v` version of the document, `r`
 * revision, `d` the document itself as JSON, letter by letter what was saved (keys with dots and dollars, any depth), `x` the words a write gave besides.
 * The rest is what it is found by: `w` words, `l` elements of list fields, and by field `s:…` the sort key, `r:…` the text where it differs from its key,
 * `m:…` and `h:…` a number to be summed.
 */
export type StoredDoc = Envelope & { [field: string]: unknown };
export type Envelope = { _id: string; t: string; v: number; r: number; d: string; x?: string; w?: string[]; l?: string[] };

/** A document that no save can make: an upsert for want of the guarded version fails on it. See docs/decisions/0020. */
export const ANCHOR = '';

export type Layout = {
  name: string;
  fields: { name: string; path: string[]; sort: string; raw: string }[];
  fieldSet: ReadonlySet<string>;
  words: string[][];
  sums: { name: string; path: string[]; low: string; high: string }[];
  sumSet: ReadonlySet<string>;
};

/** Names of ours in documents: a field's path with / for the dots, so that MongoDB takes it for one name. */
const nameOf = (prefix: string, path: string[]): string => `${prefix}:${path.map(encodeURIComponent).join('/')}`;
export const sortName = (field: string): string => nameOf('s', field.split('.'));
export const rawName = (field: string): string => nameOf('r', field.split('.'));
export const lowName = (field: string): string => nameOf('m', field.split('.'));
export const highName = (field: string): string => nameOf('h', field.split('.'));

export function layoutOf(name: string, kept: Kept): Layout {
  return {
    name,
    fields: kept.fields.map((field) => ({ name: field, path: field.split('.'), sort: sortName(field), raw: rawName(field) })),
    fieldSet: new Set(kept.fields),
    words: kept.words.map((field) => field.split('.')),
    sums: kept.sums.map((field) => ({ name: field, path: field.split('.'), low: lowName(field), high: highName(field) })),
    sumSet: new Set(kept.sums),
  };
}

/** MongoDB keeps at most so many indexes of a collection. */
const MOST_INDEXES = 64;

/** An index per field (none in a narrow collection) and one per declared composite, each led by the tenant and ended by the key: sorted pages are read straight off them. */
export function indexesOf(name: string, kept: Kept): mongo.IndexDescription[] {
  const lists = [...(kept.narrow ? [] : kept.fields.map((field) => [field])), ...kept.indexes];
  const indexes: mongo.IndexDescription[] = lists.map((fields) => ({
    key: { t: 1, ...Object.fromEntries(fields.map((field) => [sortName(field), 1])), _id: 1 },
  }));
  if (kept.fields.length > 0) indexes.push({ key: { t: 1, l: 1 } });
  indexes.push({ key: { t: 1, w: 1 } });
  if (indexes.length >= MOST_INDEXES)
    throw new Error(`${name} declares ${indexes.length} indexes; MongoDB keeps ${MOST_INDEXES - 1} beside the key`);
  return indexes;
}

/** The key of a document. Order by it is order by tenant, then id, both as UTF-8. */
export const keyOf = (tenant: string, id: string): string => `${tenant}\u0000${id}`;
export const idOf = (key: string): string => key.slice(key.indexOf('\u0000') + 1);
export const tenantOf = (key: string): string => key.slice(0, key.indexOf('\u0000'));

/** All keys of a tenant; of all tenants where none is named. `after`: only those behind it. */
export const keysOf = (tenant?: string, after?: string): { $gt: string; $lt?: string } =>
  tenant === undefined ? { $gt: after ?? ANCHOR } : { $gt: after ?? `${tenant}\u0000`, $lt: `${tenant}\u0001` };
