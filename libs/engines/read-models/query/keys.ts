import { foldText } from '#model';
import type { Scalar } from '../port.ts';

/** Longest sort key in characters: it bounds index entries and cursors. */
const LONGEST_KEY = 200;

/** What text sorts and ranges by: its folded form's first 200 characters. */
export function sortKey(text: string): string {
  const folded = foldText(text);
  if (folded.length <= LONGEST_KEY) return folded;
  const last = folded.charCodeAt(LONGEST_KEY - 1);
  // A surrogate pair is never cut in two.
  return folded.slice(0, last >= 0xd800 && last < 0xdc00 ? LONGEST_KEY - 1 : LONGEST_KEY);
}

/** The least text above everything that begins with `prefix`; undefined when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  while (points.length > 0) {
    const last = points.pop()!.codePointAt(0)!;
    if (last === 0x10ffff) continue;
    const next = last + 1;
    return points.join('') + String.fromCodePoint(next >= 0xd800 && next <= 0xdfff ? 0xe000 : next);
  }
  return undefined;
}

/**
 * What a document holds at a path: a scalar, a list of scalars where the path meets an array (also half-way: `emails.address`), undefined where
 * there is nothing. An empty list is as good as nothing.
 */
export function valueAt(doc: unknown, path: readonly string[]): Scalar[] | Exclude<Scalar, null> | undefined {
  let value = doc;
  for (let place = 0; place < path.length; place++) {
    if (value === null || typeof value !== 'object') return undefined;
    if (Array.isArray(value)) return listAt(value, path, place);
    value = (value as Record<string, unknown>)[path[place]!];
  }
  if (Array.isArray(value)) return listAt(value, path, path.length);
  return isPresent(value) ? value : undefined;
}

function listAt(list: unknown[], path: readonly string[], place: number): Scalar[] | undefined {
  const found: Scalar[] = [];
  const rest = path.slice(place);
  for (const item of list) {
    const value = valueAt(item, rest);
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
  }
  return found.length > 0 ? found : undefined;
}

const isPresent = (value: unknown): value is Exclude<Scalar, null> =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'boolean';
