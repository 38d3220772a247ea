import type { Scalar } from '../port.ts';
import { documentWords, rawOf, wholeOf } from '../query/entry.ts';
import { sortKey, valueAt } from '../query/keys.ts';
import type { Param } from './connection.ts';
import type { Layout } from './layout.ts';

/** Bound in place of values that have no SQL type of their own; they sort above text and in this order. */
export const FALSE = new Uint8Array([0]);
export const TRUE = new Uint8Array([1]);
export const LISTED = new Uint8Array([2]);
export const ABSENT = new Uint8Array([0xff]);

/** A document as its indexes know it. `cells`: s0, r0, s1, r1 …, m0 … in the order of the columns. */
export type Entry = {
  cells: Param[];
  /** Elements of list fields: field, key, text as written ('' where the key is the text). */
  elements: { field: number; key: Param; raw: string }[];
  /** Words in order, each once, framed by blanks; null where there are none. */
  words: string | null;
  extra: string | null;
};

export const keyOfScalar = (value: Scalar): Param =>
  value === null ? ABSENT : typeof value === 'string' ? sortKey(value) : typeof value === 'boolean' ? (value ? TRUE : FALSE) : value;

/** As `rawOf`, for a column: null where there is nothing to tell. */
export const rawOfScalar = (value: Scalar, key: Param): string | null => rawOf(value, key) ?? null;

export function entryOf(layout: Layout, doc: Record<string, unknown>, extra: readonly string[] | undefined): Entry {
  const cells: Param[] = [];
  const elements: Entry['elements'] = [];
  for (let field = 0; field < layout.paths.length; field++) {
    const value = valueAt(doc, layout.paths[field]!);
    if (value === undefined) cells.push(ABSENT, null);
    else if (Array.isArray(value)) {
      cells.push(LISTED, null);
      for (const element of new Set(value)) {
        const key = keyOfScalar(element);
        elements.push({ field, key, raw: rawOfScalar(element, key) ?? '' });
      }
    } else {
      const key = keyOfScalar(value);
      cells.push(key, rawOfScalar(value, key));
    }
  }
  for (let at = 0; at < layout.sums.length; at++) cells.push(wholeNumber(layout, at, valueAt(doc, layout.sumPaths[at]!)));
  const given = extra && extra.length > 0 ? extra.join('\n') : null;
  const found = documentWords(layout.words, doc, given);
  return { cells, elements, words: found.length > 0 ? ` ${found.join(' ')} ` : null, extra: given };
}

type Doc = Record<string, unknown>;

/** A document as it is kept: what may be shown as it stands, and its inner members apart. */
export function jsonOf(layout: Layout, doc: Doc): [json: string, inner: string | null] {
  if (layout.inner.size === 0) return [JSON.stringify(doc), null];
  const [shown, inner]: [Doc, Doc] = [{}, {}];
  for (const name of Object.keys(doc)) (layout.inner.has(name) ? inner : shown)[name] = doc[name];
  return [JSON.stringify(shown), JSON.stringify(inner)];
}

export const docOf = (json: string, inner: string | null): Doc =>
  inner === null ? (JSON.parse(json) as Doc) : { ...(JSON.parse(json) as Doc), ...(JSON.parse(inner) as Doc) };

/** The single words of the column's text. */
export const splitWords = (framed: string | null): string[] => (framed ? framed.slice(1, -1).split(' ') : []);

/** Up to here a column of whole numbers can be added up 10,000 at a time within SQLite's 64 bits; larger ones are kept as text. */
const ADDABLE = 900_000_000_000_000n;

function wholeNumber(layout: Layout, at: number, value: ReturnType<typeof valueAt>): Param {
  const exact = wholeOf(layout.name, layout.sums[at]!, value);
  if (exact === undefined) return null;
  return exact <= ADDABLE && exact >= -ADDABLE ? exact : String(exact);
}
