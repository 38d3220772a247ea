import { dayIn } from '../../../format/format.ts';
import { GROUPS, lookOf, type Group } from '../../../parts/history/events.ts';

/** What a history is narrowed to. */
export type Filter = 'all' | Group;

type Dated = { type: string; at: string };

export const inFilter = (filter: Filter) => (one: Dated) => filter === 'all' || lookOf(one.type).group === filter;

/** How many of each group there are; groups that have none are left out. */
export function countsOf(entries: readonly Dated[]): { filter: Filter; n: number }[] {
  const groups = GROUPS.map((filter) => ({ filter, n: entries.filter(inFilter(filter)).length }));
  return [{ filter: 'all' as const, n: entries.length }, ...groups.filter(({ n }) => n > 0)];
}

/** What happened, month by month as whoever looks counts them (`2017-06`), in its order. */
export function monthsOf<D extends Dated>(items: readonly D[], zone: string): { month: string; items: D[] }[] {
  const months: { month: string; items: D[] }[] = [];
  for (const item of items) {
    const month = dayIn(item.at, zone).slice(0, 7);
    const last = months.at(-1);
    if (last?.month === month) last.items.push(item);
    else months.push({ month, items: [item] });
  }
  return months;
}
