import { BadQuery, type Query, type Scalar, type Where } from '../port.ts';
import { askedWords, isNothing } from '../query/asked.ts';
import { plainWhere } from '../query/check.ts';
import type { Param, Sql } from './connection.ts';
import { driversOf, pinnedBy, type Driver, type Sizes } from './drivers.ts';
import type { Layout } from './layout.ts';
import { walk, type After, type SortKey, type Step } from './order.ts';
import { condition } from './predicate.ts';

/**
 * How a query is answered: either every row of a small set is looked at and sorted (`driver`), or an index is read in sort order, testing row by row,
 * until there are enough (`steps`). Few matches make the first cheap, many the second; the bound between them is where both cost the same.
 */
export type Plan = { where: Sql; driver?: Sql; steps: Step[]; nothing: boolean };

const FEW = 250;
const MANY = 3_000;
const ANY = 1_000_000_000;

/**
 * @param wanted how many documents will do
 * @param guess sizes of sets; without it (an unknown tenant) the query is checked and planned for nothing
 * @throws BadQuery when the filter asks for what is not indexed
 */
export function planOf(
  layout: Layout,
  tenant: number,
  query: Pick<Query, 'where' | 'search'>,
  sort: SortKey[],
  after: After | undefined,
  wanted: number,
  guess: Sizes | undefined,
): Plan {
  const where = plainWhere(layout.fieldSet, query.where ?? { and: [] });
  const filter = condition(layout, tenant, where);
  const asked = askedWords(query.search);
  // Words first: they stand at the beginning of a row, and few rows have them.
  const full: Sql = {
    text: [...asked.map(() => 'instr(c.w, ?) > 0'), filter.text].join(' AND '),
    params: [...asked.map((word) => ` ${word}`), ...filter.params],
  };
  const plan: Plan = { where: full, steps: [], nothing: guess === undefined || isNothing(where) };
  if (plan.nothing) return plan;
  const pins = pinnedBy(layout, where);
  const steps = walk(layout, tenant, pins, sort, after);
  const driver = smallest(layout, tenant, where, asked, pins, steps, wanted, guess!);
  if (driver) return { ...plan, driver };
  if (!steps) throw new BadQuery(layout.fields[sort[0]!.place]!, 'gives an order that no index of this collection has');
  return { ...plan, steps };
}

function smallest(
  layout: Layout,
  tenant: number,
  where: Where,
  asked: string[],
  pins: Map<number, Scalar>,
  steps: Step[] | undefined,
  wanted: number,
  guess: Sizes,
): Sql | undefined {
  const first = steps?.[0];
  const candidates = driversOf(layout, tenant, where, asked);
  if (candidates.length === 0) return undefined;
  const served = new Set(first?.pinned.filter((place) => pins.get(place) !== null));
  const leaves = 'and' in where ? where.and : [where];
  const unserved = leaves.some((leaf) =>
    !('field' in leaf) || !served.has(layout.place.get(leaf.field)!) || (leaf.op !== 'eq' && !(leaf.op === 'in' && leaf.value.length === 1))
      ? !isAbsence(leaf)
      : false,
  );
  if (asked.length === 0 && first && served.size > 0 && !unserved) return undefined;
  // What no index gives in order must be sorted, however many it is.
  const few = steps ? bound(layout, tenant, wanted, guess) : ANY;
  if (first && served.size > 0) {
    const within: Sql = {
      text: `SELECT 1 FROM c${layout.n} AS c INDEXED BY ${first.index} WHERE ${first.within.text}`,
      params: first.within.params,
    };
    if (guess.of(within, few) < few) return undefined;
  }
  let best: { driver: Driver; size: number } | undefined;
  const rareWords: Driver[] = [];
  for (const driver of candidates) {
    const size = guess.of(driver.probe, few);
    if (size >= few) continue;
    if (driver.word) rareWords.push(driver);
    if (!best || size < best.size) best = { driver, size };
    if (size <= 20) break;
  }
  if (!best) return undefined;
  if (best.driver.word && best.size > 20 && rareWords.length > 1) return intersected(rareWords);
  return best.driver.rows;
}

function intersected(drivers: Driver[]): Sql {
  return {
    text: drivers.map(({ probe }) => probe.text).join(' INTERSECT '),
    params: drivers.flatMap(({ probe }): Param[] => probe.params),
  };
}

/** Where looking at all of a set costs as much as finding `wanted` of them on the way through everything. */
function bound(layout: Layout, tenant: number, wanted: number, guess: Sizes): number {
  const all = guess.of(
    { text: `SELECT 1 FROM (SELECT 1 FROM c${layout.n} INDEXED BY c${layout.n}_id WHERE t = ?)`, params: [tenant] },
    50_000,
  );
  return Math.min(MANY, Math.max(FEW, Math.floor(Math.sqrt(Math.min(wanted, 100_000) * all))));
}

const isAbsence = (leaf: Where): boolean => 'field' in leaf && leaf.op === 'eq' && leaf.value === null;
