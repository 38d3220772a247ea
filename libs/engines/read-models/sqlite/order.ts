import type { Scalar } from '../port.ts';
import type { KeyValue } from '../query/cursor.ts';
import type { Param, Sql } from './connection.ts';
import { ABSENT, FALSE, keyOfScalar, LISTED, TRUE } from './entry.ts';
import { ABSENT_SQL, compositeIndex, hasOwnIndex, keyIndex, singleIndex, type Layout } from './layout.ts';

export type SortKey = { place: number; desc: boolean };
/** Where a former page ended, as SQL values: by field, and the id. */
export type After = { keys: Map<number, Param>; id: string };

/** One stretch of an index, read in its own order. Steps one after the other are the whole sort order. */
export type Step = {
  index: string;
  /** What the index itself answers: its leading columns. */
  within: Sql;
  /** What it does not, to be tested row by row. */
  besides: Sql;
  terms: Term[];
  /** Fields that `within` pins to one value. */
  pinned: number[];
  after: After | undefined;
};

/** `place`: the field it sorts by; absent for the id. */
export type Term = { expr: string; desc: boolean; place?: number; of: (after: After) => Param };

/**
 * The steps that give documents in sort order, read off indexes. Absent values sort last both ways; ties go by id, in the direction of the last
 * key.
 *
 * @param equal fields that a filter pins to one value (null: absent)
 * @returns undefined where no index gives this order (in narrow collections)
 */
export function walk(
  layout: Layout,
  tenant: number,
  equal: Map<number, Scalar>,
  sort: SortKey[],
  after: After | undefined,
): Step[] | undefined {
  const idDesc = sort.at(-1)?.desc ?? false;
  return steps(equal, sort, after, []);

  function steps(pins: Map<number, Scalar>, keys: SortKey[], from: After | undefined, besides: Sql[]): Step[] | undefined {
    const rest = keys.filter(({ place }) => !pins.has(place));
    const first = rest[0];
    const upward = rest.every(({ desc }) => !desc);
    const whole = bestIndex(layout, pins, rest, upward);
    if (!first || (upward && whole?.composite)) return whole && [step(pins, whole, termsOf(rest, false, idDesc), from, besides, [])];
    const absentFrom = from && isAbsent(from.keys.get(first.place)!);
    const index = whole ?? bestIndex(layout, pins, [first], false);
    if (!index) return undefined;
    const present = absentFrom
      ? []
      : [step(pins, index, termsOf(rest, true, idDesc), from, besides, [{ text: `c.s${first.place} < ${ABSENT_SQL}`, params: [] }])];
    const lacking = { text: `c.s${first.place} = ${ABSENT_SQL}`, params: [] };
    const others = steps(new Map(pins).set(first.place, null), rest.slice(1), absentFrom ? from : undefined, [...besides, lacking]);
    return others && [...present, ...others];
  }

  function step(pins: Map<number, Scalar>, index: Choice, terms: Term[], from: After | undefined, besides: Sql[], further: Sql[]): Step {
    const pinned = index.columns.slice(0, index.pinned);
    const conditions: Sql[] = [
      { text: 'c.t = ?', params: [tenant] },
      ...pinned.map((place) => ({ text: `c.s${place} = ?`, params: [keyOfScalar(pins.get(place)!)] })),
    ];
    if (index.partial !== undefined && (index.pinned > 0 || further.length === 0))
      conditions.push({ text: `c.s${index.partial} < ${ABSENT_SQL}`, params: [] });
    return { index: index.name, within: allOf([...conditions, ...further]), besides: allOf(besides), terms, pinned, after: from };
  }
}

type Choice = { name: string; columns: number[]; pinned: number; composite: boolean; partial?: number | undefined };

/**
 * The index whose leading columns are pinned, most of them, and whose next are the sort keys. `exactly`: nothing but the id may follow, else
 * the first key suffices. Undefined when only a shorter match of the sort would do.
 */
function bestIndex(layout: Layout, pins: Map<number, Scalar>, sort: SortKey[], exactly: boolean): Choice | undefined {
  let best: Choice | undefined;
  let most = -1;
  const consider = (choice: Choice, exact: boolean) => {
    const score = 2 * choice.pinned + (exact ? 1 : 0);
    if (score > most) [best, most] = [choice, score];
  };
  const only = sort[0];
  if (!only) {
    consider({ name: keyIndex(layout), columns: [], pinned: 0, composite: false }, true);
    for (const [place, value] of pins)
      if (value !== null && hasOwnIndex(layout, place))
        consider({ name: singleIndex(layout, place), columns: [place], pinned: 1, composite: false, partial: place }, true);
  } else if (sort.length === 1 && hasOwnIndex(layout, only.place))
    consider({ name: singleIndex(layout, only.place), columns: [only.place], pinned: 0, composite: false, partial: only.place }, true);
  for (const columns of layout.indexes) {
    const partial = layout.narrow ? columns[0] : undefined;
    // A narrow collection's index is without what lacks its first field, which therefore must be given.
    if (partial !== undefined && (pins.get(partial) ?? null) === null) continue;
    const unpinned = columns.findIndex((place) => !pins.has(place));
    const pinned = unpinned === -1 ? columns.length : unpinned;
    const tail = columns.slice(pinned);
    const fits = sort.every(({ place }, at) => tail[at] === place);
    const exact = tail.length === sort.length;
    if (fits && (exact || (sort.length > 0 && !exactly)))
      consider({ name: compositeIndex(layout, columns), columns, pinned, composite: true, partial }, exact);
  }
  return best;
}

/** `present`: documents that lack the first key are none of this. */
export function termsOf(sort: SortKey[], present: boolean, idDesc: boolean): Term[] {
  const terms: Term[] = [];
  for (const [at, { place, desc }] of sort.entries()) {
    if (desc && !(present && at === 0))
      terms.push({ expr: `(c.s${place} = ${ABSENT_SQL})`, desc: false, place, of: ({ keys }) => (isAbsent(keys.get(place)!) ? 1 : 0) });
    terms.push({ expr: `c.s${place}`, desc, place, of: ({ keys }) => keys.get(place)! });
  }
  terms.push({ expr: 'c.id', desc: idDesc, of: ({ id }) => id });
  return terms;
}

export const orderBy = (terms: Term[]): string => terms.map(({ expr, desc }) => (desc ? `${expr} DESC` : expr)).join(', ');

/** What lies beyond a place in an order. One comparison of rows where all go one way, which an index can seek by. */
export function beyond(terms: Term[], after: After): Sql {
  const values = terms.map((term) => term.of(after));
  const sign = terms[0]!.desc ? '<' : '>';
  if (terms.every(({ expr, desc }) => desc === terms[0]!.desc && !expr.startsWith('(')))
    return { text: `(${terms.map(({ expr }) => expr).join(', ')}) ${sign} (${terms.map(() => '?').join(', ')})`, params: values };
  const ways: Sql[] = terms.map(({ expr, desc }, at) => ({
    text: `(${[...terms.slice(0, at).map((former) => `${former.expr} = ?`), `${expr} ${desc ? '<' : '>'} ?`].join(' AND ')})`,
    params: values.slice(0, at + 1),
  }));
  return {
    text: `${terms[0]!.expr} ${sign}= ? AND (${ways.map(({ text }) => text).join(' OR ')})`,
    params: [values[0]!, ...ways.flatMap(({ params }) => params)],
  };
}

export const allOf = (parts: Sql[]): Sql => ({
  text: parts
    .map(({ text }) => text)
    .filter(Boolean)
    .join(' AND '),
  params: parts.flatMap(({ params }) => params),
});

const isAbsent = (value: Param): boolean => value === ABSENT;

/** A sort key's value between SQL and cursors. */
export function fromSql(value: unknown): KeyValue {
  if (!(value instanceof Uint8Array)) return value as string | number;
  return value[0] === 0 ? false : value[0] === 1 ? true : value[0] === 2 ? [] : null;
}
export const toSql = (value: KeyValue): Param =>
  value === null ? ABSENT : Array.isArray(value) ? LISTED : typeof value === 'boolean' ? (value ? TRUE : FALSE) : value;
