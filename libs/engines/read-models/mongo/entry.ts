import mongoose, { type mongo } from 'mongoose';
import { DocumentTooLarge, type Scalar } from '../port.ts';
import type { KeyValue } from '../query/cursor.ts';
import { documentWords, rawOf, wholeOf } from '../query/entry.ts';
import { sortKey, valueAt } from '../query/keys.ts';
import type { Envelope, Layout } from './layout.ts';

const { BSON, Decimal128, MaxKey } = mongoose.mongo;

/** In place of what MongoDB would sort elsewhere: numbers, text and booleans stand below these, in this order. */
export const LISTED = new Date(0);
export const ABSENT = new MaxKey();

export type SortKey = string | number | boolean | Date | mongo.MaxKey;

export const keyOfScalar = (value: Scalar): SortKey => (value === null ? ABSENT : typeof value === 'string' ? sortKey(value) : value);

/** A sort key between documents and cursors. */
export const fromKey = (key: unknown): KeyValue =>
  key instanceof Date ? [] : key instanceof MaxKey || key === undefined ? null : (key as string | number | boolean);
export const toKey = (value: KeyValue): SortKey => (value === null ? ABSENT : Array.isArray(value) ? LISTED : value);

/** A list's element with its field, as one text: type and value as JSON tells them apart. */
export const elementOf = (field: string, value: Scalar): string => `${field}=${JSON.stringify(value)}`;

/** Numbers to be summed are kept in two parts, so that a sum of billions of them stays within the 34 digits that are added exactly. */
export const HIGH_PART = 10n ** 20n;

const BYTES_LIMIT = 16 * 1024 * 1024 - 1024;
/** Below this what a document is found by cannot make it too large. */
const SURELY_FITS = 4 * 1024 * 1024;

/** What a save sets and takes away. */
export type Change = { $set: Omit<Envelope, '_id' | 'v'> & Record<string, unknown>; $unset: Record<string, true> };

/**
 * A document and what it is found by, as MongoDB keeps it.
 *
 * @throws DocumentTooLarge when it exceeds MongoDB's 16 MiB
 */
export function changeOf(
  layout: Layout,
  { tenant, id, revision }: { tenant: string; id: string; revision: number },
  doc: Record<string, unknown>,
  extra: string | undefined,
): Change {
  const json = JSON.stringify(doc);
  const set: Change['$set'] = { t: tenant, r: revision, d: json };
  const unset: Change['$unset'] = {};
  const put = (name: string, value: unknown) => (value === undefined ? (unset[name] = true) : (set[name] = value));
  const elements: string[] = [];
  for (const { name, path, sort, raw } of layout.fields) {
    const value = valueAt(doc, path);
    const isList = Array.isArray(value);
    const key = value === undefined ? ABSENT : isList ? LISTED : keyOfScalar(value);
    put(sort, key);
    put(raw, value === undefined || isList ? undefined : rawOf(value, key));
    if (isList) elements.push(...new Set(value.map((element) => elementOf(name, element))));
  }
  for (const { name, path, low, high } of layout.sums) {
    const whole = wholeOf(layout.name, name, valueAt(doc, path));
    const above = whole === undefined ? 0n : whole / HIGH_PART;
    put(low, whole === undefined ? undefined : Decimal128.fromString(String(whole % HIGH_PART)));
    put(high, above === 0n ? undefined : Decimal128.fromString(String(above)));
  }
  const words = documentWords(layout.words, doc, extra ?? null);
  put('w', words.length > 0 ? words : undefined);
  put('l', elements.length > 0 ? elements : undefined);
  put('x', extra);
  checkSize(layout, id, set);
  return { $set: set, $unset: unset };
}

function checkSize(layout: Layout, id: string, set: Change['$set']): void {
  if (set.d.length + (set.x?.length ?? 0) < SURELY_FITS / 4) return;
  const bytes = BSON.calculateObjectSize(set);
  if (bytes > BYTES_LIMIT) throw new DocumentTooLarge(layout.name, id, bytes, BYTES_LIMIT);
}
