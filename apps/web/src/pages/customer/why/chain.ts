import type { HistoryItem } from '../kinds.ts';

/** Why something happened: what led to it, the first cause first; what was done in the same act; and what followed from it. */
export type Chain = { causes: HistoryItem[]; beside: HistoryItem[]; followed: HistoryItem[] };

/**
 * @param act everything of the same act, in whichever service
 * @param further what may have caused it from outside the act: the record's own history, of which an undo takes something back
 */
export function chainOf(item: HistoryItem, act: readonly HistoryItem[], further: readonly HistoryItem[] = []): Chain {
  const known = new Map([...further, ...act].map((one) => [one.id, one]));
  const causes: HistoryItem[] = [];
  for (let cause = known.get(item.causation); cause && cause.id !== item.id && !causes.includes(cause); cause = known.get(cause.causation))
    causes.unshift(cause);
  const follows = (one: HistoryItem): boolean => {
    const seen = new Set<string>();
    for (let cause = known.get(one.causation); cause && !seen.has(cause.id); cause = known.get(cause.causation)) {
      if (cause.id === item.id) return true;
      seen.add(cause.id);
    }
    return false;
  };
  const others = act.filter((one) => one.id !== item.id && !causes.includes(one));
  return { causes, followed: others.filter(follows), beside: others.filter((one) => !follows(one)) };
}
