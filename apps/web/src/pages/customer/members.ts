import type { HistoryItem } from './kinds.ts';
import { profileAt } from './sketch.ts';

/** What a record was last called by its own history: for those who were merged into another, and are found by no list. */
export function nameIn(history: readonly HistoryItem[] | undefined): string | undefined {
  const name = history && profileAt(history, Number.POSITIVE_INFINITY)?.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Whom a record absorbed itself, and has not let go: they can be taken apart again, with those they had absorbed. */
export function directMembers(history: readonly HistoryItem[]): string[] {
  const members = new Set<string>();
  for (const { type, data } of history) {
    if (type.endsWith('.merged')) members.add(data.absorbedId as string);
    if (type.endsWith('.unmerged')) members.delete(data.releasedId as string);
  }
  return [...members];
}
