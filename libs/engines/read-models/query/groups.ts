import { BadQuery, type Group, type Scalar } from '../port.ts';
import { sortKey } from './keys.ts';

/** A group while it is being counted. */
export type Tally = { by: Scalar[]; count: number; sums: Record<string, bigint> };

export const MOST_GROUPS = 1_000;

/** The tally of a group of values, begun when there is none. @throws BadQuery when there are too many */
export function tallyOf(tallies: Map<string, Tally>, values: Scalar[], { by, sum = [] }: { by: string[]; sum?: string[] }): Tally {
  const key = JSON.stringify(values);
  let tally = tallies.get(key);
  if (!tally) {
    if (tallies.size >= MOST_GROUPS) throw new BadQuery(by[0] ?? '', `gives more than ${MOST_GROUPS} groups`);
    tallies.set(key, (tally = { by: values, count: 0, sums: Object.fromEntries(sum.map((field) => [field, 0n])) }));
  }
  return tally;
}

/** Groups in the order of their values, absent last. */
export function groupsOf(tallies: Map<string, Tally>): Group[] {
  return [...tallies.values()]
    .sort((one, other) => {
      for (let at = 0; at < one.by.length; at++) {
        const order = compare(one.by[at]!, other.by[at]!);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ by, count, sums }) => ({
      by,
      count,
      sums: Object.fromEntries(Object.entries(sums).map(([field, total]) => [field, String(total)])),
    }));
}

const rank = (value: Scalar) => (value === null ? 3 : typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2);

function compare(one: Scalar, other: Scalar): number {
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(sortKey(one)), Buffer.from(sortKey(other))) || Buffer.compare(Buffer.from(one), Buffer.from(other));
  return rank(one) - rank(other) || Number(one) - Number(other);
}
