import { words } from '#model';
import type { Scalar } from '../port.ts';
import { valueAt } from './keys.ts';

/** What an engine keeps beside a key to tell values of the same key apart: text whose key is another text; else undefined. */
export const rawOf = (value: Scalar, key: unknown): string | undefined => (typeof value === 'string' && value !== key ? value : undefined);

/** The words a document is found by, in order, each once: of its fields at `paths` and of what a write gave besides. */
export function documentWords(paths: readonly (readonly string[])[], doc: Record<string, unknown>, extra: string | null): string[] {
  let text = extra ?? '';
  for (const path of paths) {
    const value = valueAt(doc, path);
    if (value === undefined) continue;
    text += `\n${Array.isArray(value) ? value.join('\n') : String(value)}`;
  }
  return text === '' ? [] : words(text).sort();
}

/** A value to be summed, exactly; undefined where there is none. @throws TypeError when it is no whole number: the projection's fault */
export function wholeOf(collection: string, field: string, value: ReturnType<typeof valueAt>): bigint | undefined {
  if (value === undefined) return undefined;
  const whole = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,40}$/.test(value));
  if (!whole) throw new TypeError(`${field} of ${collection} is declared a sum but holds no whole number`);
  return BigInt(value as number | string);
}
