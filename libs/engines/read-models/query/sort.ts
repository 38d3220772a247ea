import { BadQuery } from '../port.ts';

const MOST_KEYS = 5;

/** `name,-createdAt` → sort keys; a minus sorts down. @throws BadQuery when malformed, more than five, or a field twice */
export function parseSort(text: string): { field: string; desc?: boolean }[] {
  const keys = text.split(',').map((part) => part.trim());
  if (keys.length > MOST_KEYS) throw new BadQuery('sort', `has more than ${MOST_KEYS} keys`);
  const seen = new Set<string>();
  return keys.map((key) => {
    const match = /^(-?)([A-Za-z_][\w-]*(?:\.[\w-]+)*)$/.exec(key);
    if (!match) throw new BadQuery('sort', `"${key}" is not a field, or a field after a minus, as in name,-createdAt`);
    const field = match[2]!;
    if (seen.has(field)) throw new BadQuery('sort', `names ${field} twice`);
    seen.add(field);
    return match[1] ? { field, desc: true } : { field };
  });
}
