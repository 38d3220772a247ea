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

/** Whether a filter lets nothing through, whatever there is. Engines need not be asked then, and SQLite finds no way to answer some such questions. */
export function isNothing(where: Where): boolean {
  if ('and' in where) return where.and.some(isNothing);
  if ('or' in where) return where.or.every(isNothing);
  if ('not' in where) return isEverything(where.not);
  return (where.op === 'in' || where.op === 'hasAny') && where.value.length === 0;
}

function isEverything(where: Where): boolean {
  if ('and' in where) return where.and.every(isEverything);
  if ('or' in where) return where.or.some(isEverything);
  return 'not' in where && isNothing(where.not);
}
