import { BadQuery } from '../port.ts';

/** A sort key's value as cursors carry it: `null` absent, `[]` a list. */
export type KeyValue = string | number | boolean | null | [];
/** Where a page ended: the sort keys of its last document, and its id. */
export type CursorPlace = { keys: KeyValue[]; id: string };
type Sort = { field: string; desc?: boolean }[];

const LONGEST = 20_000;

/** Opaque to clients. It names the sort it was made for, so that it cannot be used with another. */
export function encodeCursor(sort: Sort, place: CursorPlace): string {
  return Buffer.from(JSON.stringify([signOf(sort), place.id, ...place.keys])).toString('base64url');
}

/** @throws BadQuery when it is not one of ours, or was made for another sort */
export function decodeCursor(sort: Sort, text: string): CursorPlace {
  if (typeof text !== 'string' || text.length > LONGEST || !/^[\w-]+$/.test(text)) throw new BadQuery('cursor', 'is no cursor of ours');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new BadQuery('cursor', 'is no cursor of ours');
  }
  if (!Array.isArray(parts) || typeof parts[0] !== 'string' || typeof parts[1] !== 'string')
    throw new BadQuery('cursor', 'is no cursor of ours');
  if (parts[0] !== signOf(sort) || parts.length !== sort.length + 2)
    throw new BadQuery('cursor', 'belongs to another sort order; start at the first page');
  const keys = parts.slice(2);
  if (!keys.every(isKeyValue)) throw new BadQuery('cursor', 'is no cursor of ours');
  return { keys, id: parts[1] };
}

const isKeyValue = (value: unknown): value is KeyValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.length === 0);

const signOf = (sort: Sort) => sort.map(({ field, desc }) => (desc ? '-' : '') + field).join(',');
