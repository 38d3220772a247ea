import { BadQuery, type Group, type Scalar } from '../port.ts';
import { sortKey } from '../query/keys.ts';
import { fromSql } from './order.ts';
import { placeOf, type Layout } from './layout.ts';

export type Tally = { by: Scalar[]; count: number; sums: Record<string, bigint> };

const MOST_GROUPS = 1_000;

/** The columns of a grouping. Numbers too large for SQLite's sums come along one by one. */
export function groupColumns(layout: Layout, by: string[], sum: string[]): { columns: string; groupBy: string } {
  const places = by.map((field) => placeOf(layout, field));
  const sums = sum.map((field) => layout.sums.indexOf(field));
  const values = places.map((place) => `coalesce(c.r${place}, c.s${place})`);
  const added = sums.flatMap((at) => [
    `CAST(sum(CASE typeof(c.m${at}) WHEN 'integer' THEN c.m${at} END) AS TEXT)`,
    `group_concat(CASE typeof(c.m${at}) WHEN 'text' THEN c.m${at} END)`,
  ]);
  return {
    columns: [...values, 'count(*)', ...added].join(', '),
    groupBy: values.length > 0 ? ` GROUP BY ${values.join(', ')}` : '',
  };
}

/** Adds what one turn gave. @throws BadQuery for a field that holds lists, or too many groups */
export function addGroups(tallies: Map<string, Tally>, { by, sum = [] }: { by: string[]; sum?: string[] }, rows: unknown[][]): void {
  for (const row of rows) {
    const count = row[by.length] as number;
    if (count === 0) continue;
    const values = row.slice(0, by.length).map((value, at) => {
      const found = fromSql(value);
      if (Array.isArray(found)) throw new BadQuery(by[at]!, 'holds lists; it cannot be grouped by');
      return found;
    });
    const key = JSON.stringify(values);
    let tally = tallies.get(key);
    if (!tally) {
      if (tallies.size >= MOST_GROUPS) throw new BadQuery(by[0] ?? '', `gives more than ${MOST_GROUPS} groups`);
      tallies.set(key, (tally = { by: values, count: 0, sums: Object.fromEntries(sum.map((field) => [field, 0n])) }));
    }
    tally.count += count;
    for (const [at, field] of sum.entries()) {
      const [added, large] = [row[by.length + 1 + 2 * at], row[by.length + 2 + 2 * at]] as [string | null, string | null];
      let total = added === null ? 0n : BigInt(added);
      if (large !== null) for (const one of large.split(',')) total += BigInt(one);
      tally.sums[field]! += total;
    }
  }
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
