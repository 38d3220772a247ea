import { BadQuery } from '../port.ts';
import { tallyOf, type Tally } from '../query/groups.ts';
import { fromSql } from './order.ts';
import { placeOf, type Layout } from './layout.ts';

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
    const tally = tallyOf(tallies, values, { by, sum });
    tally.count += count;
    for (const [at, field] of sum.entries()) {
      const [added, large] = [row[by.length + 1 + 2 * at], row[by.length + 2 + 2 * at]] as [string | null, string | null];
      let total = added === null ? 0n : BigInt(added);
      if (large !== null) for (const one of large.split(',')) total += BigInt(one);
      tally.sums[field]! += total;
    }
  }
}
