import { foldText, words as wordsOf } from '#model';
import type { CollectionSpec, Scalar } from '../port.ts';

/** A scalar as it is kept: `key` sorts and compares (text folded), `raw` is the text where it differs from its key. */
export type Kept = { key: string | number | null; raw: string | null };

/** A collection as its table has it: a pair of columns per scalar field, one table for list fields, one for words. */
export type Table = { spec: CollectionSpec; table: string; columns: Map<string, number>; hasWords: boolean };

export function tableOf(spec: CollectionSpec, number: number, fields: string[]): Table {
  return { spec, table: `c${number}`, columns: new Map(fields.map((field, index) => [field, index])), hasWords: true };
}

/** Every field that is indexed or added up, each once. */
export const fieldsOf = (spec: CollectionSpec): string[] => [...new Set([...spec.indexes.flat(), ...(spec.sums ?? [])])];

export function keptOf(value: unknown): Kept {
  if (value === undefined || value === null) return { key: null, raw: null };
  if (typeof value === 'number') return { key: value, raw: null };
  if (typeof value === 'boolean') return { key: value ? 1 : 0, raw: null };
  if (typeof value !== 'string') return { key: null, raw: null };
  const text = value.length > 500 ? value.slice(0, 500) : value;
  const key = foldText(text);
  return { key, raw: key === text ? null : text };
}

/** A member by its path: `value.currency`. */
export function at(doc: Record<string, unknown>, path: string): unknown {
  if (!path.includes('.')) return doc[path];
  let value: unknown = doc;
  for (const part of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Elements of list fields, as `<column> <element>` entries. */
export function listEntries(table: Table, doc: Record<string, unknown>): [field: number, value: string | number][] {
  const entries = new Map<string, [number, string | number]>();
  for (const [field, number] of table.columns) {
    const value = at(doc, field);
    if (!Array.isArray(value)) continue;
    for (const item of value) {
      const element = elementOf(item as Scalar);
      if (element !== null) entries.set(`${number} ${typeof element} ${element}`, [number, element]);
    }
  }
  return [...entries.values()];
}

export const elementOf = (value: Scalar): string | number | null => (typeof value === 'boolean' ? Number(value) : value === null || typeof value === 'object' ? null : value);

/** The words a document is found by: of its declared fields, and those it was given. */
export function documentWords(table: Table, doc: Record<string, unknown>, more: string[] | undefined): string[] {
  const texts: string[] = more ? [...more] : [];
  for (const path of table.spec.words ?? []) collectTexts(at(doc, path), texts);
  return texts.length === 0 ? [] : wordsOf(texts.join('\n'));
}

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === 'string') into.push(value);
  else if (value && typeof value === 'object') for (const member of Object.values(value)) collectTexts(member, into);
}
