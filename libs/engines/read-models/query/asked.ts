import { words } from '#model';
import type { Where } from '../port.ts';

/** A search by more words than these finds no less by the first of them. */
const MOST_WORDS = 12;

/** The words asked for; those that begin another one say nothing more. */
export function askedWords(search: string | undefined): string[] {
  if (!search) return [];
  const all = words(search);
  return all
    .filter((word, at) => !all.some((other, place) => place !== at && other.startsWith(word) && (other !== word || place < at)))
    .slice(0, MOST_WORDS);
}

/** Whether a filter lets nothing through, whatever there is. */
export function isNothing(where: Where): boolean {
  if ('or' in where) return where.or.length === 0;
  if ('field' in where) return (where.op === 'in' || where.op === 'hasAny') && where.value.length === 0;
  return 'and' in where && where.and.some(isNothing);
}
