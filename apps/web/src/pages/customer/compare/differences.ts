import { moneyDifference, type Money } from '../../../format/money.ts';
import { valueIn, type Deal, type HistoryItem, type Profile, type Whole } from '../kinds.ts';
import { isSame } from '../same.ts';

/** A figure at both moments. `more`: that it grew is plainly good. */
export type Figure = { key: 'wonValue' | 'won' | 'lost' | 'open' | 'openValue' | 'people' | 'entries'; more: boolean } & (
  { a: number; b: number; by: number } | { a: Money[]; b: Money[]; by: Money | undefined }
);
export type FieldDifference = { field: string; a: unknown; b: unknown };
/** A deal at both moments; undefined where it was not yet there. */
export type DealDifference = { id: string; name: string; a: Deal | undefined; b: Deal | undefined };
export type Differences = { figures: Figure[]; fields: FieldDifference[]; same: FieldDifference[]; deals: DealDifference[] };

/**
 * What is otherwise at the second moment than at the first.
 *
 * @param a undefined where there was no such customer yet; @param entries how many entries there were at each
 */
export function differencesOf(
  fields: readonly string[],
  a: Whole | undefined,
  b: Whole | undefined,
  entries: { a: number; b: number },
): Differences {
  const all = fields.map((field) => ({
    field,
    a: valueIn(a?.profile as Profile | undefined, field),
    b: valueIn(b?.profile as Profile | undefined, field),
  }));
  return {
    figures: figuresOf(a, b, entries).filter((figure) => !isSame(figure.a, figure.b)),
    fields: all.filter((one) => !isSame(one.a, one.b)),
    same: all.filter((one) => isSame(one.a, one.b) && !isSame(one.a, undefined)),
    deals: dealsOf(a, b),
  };
}

function figuresOf(a: Whole | undefined, b: Whole | undefined, entries: { a: number; b: number }): Figure[] {
  const count = (key: 'won' | 'lost' | 'open', more: boolean): Figure => {
    const [before, after] = [a?.deals?.[key] ?? 0, b?.deals?.[key] ?? 0];
    return { key, more, a: before, b: after, by: after - before };
  };
  const sums = (key: 'wonValue' | 'openValue', more: boolean): Figure => {
    const [before, after] = [a?.deals?.[key] ?? [], b?.deals?.[key] ?? []];
    return { key, more, a: before, b: after, by: moneyDifference(before, after) };
  };
  const people = [a?.people?.length ?? 0, b?.people?.length ?? 0] as const;
  return [
    ...((a ?? b)?.deals
      ? [sums('wonValue', true), count('won', true), count('lost', false), count('open', false), sums('openValue', false)]
      : []),
    ...((a ?? b)?.people ? [{ key: 'people' as const, more: false, a: people[0], b: people[1], by: people[1] - people[0] }] : []),
    { key: 'entries', more: false, ...entries, by: entries.b - entries.a },
  ];
}

/** Deals that came, moved, or were closed; those last changed stand first. */
function dealsOf(a: Whole | undefined, b: Whole | undefined): DealDifference[] {
  const [before, after] = [a, b].map((whole) => new Map(whole?.deals?.items.map((deal) => [deal.id, deal]))) as [
    Map<string, Deal>,
    Map<string, Deal>,
  ];
  const what = (deal: Deal | undefined) => deal && [deal.status, deal.stageId, deal.worth, deal.name, deal.ownerId];
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((id) => ({ id, name: (after.get(id) ?? before.get(id))!.name, a: before.get(id), b: after.get(id) }))
    .filter((one) => !isSame(what(one.a), what(one.b)))
    .sort((x, y) => ((x.b ?? x.a)!.changedAt < (y.b ?? y.a)!.changedAt ? 1 : -1));
}

/** The last event between two moments that changed a field: of which can be told why. */
export function changerOf(field: string, history: readonly HistoryItem[] | undefined, from: number, to: number): HistoryItem | undefined {
  const name = field.split('.')[0]!;
  return history?.findLast(({ type, data, at }) => {
    const when = Date.parse(at);
    if (when <= from || when > to) return false;
    if (type.endsWith('.changed')) return name in data;
    if (type.endsWith('.merged')) return (data.chosen as { field: string }[] | undefined)?.some((one) => one.field === name) ?? false;
    return type.endsWith('.created');
  });
}
