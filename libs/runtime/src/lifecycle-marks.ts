import type { Recorded, StoredEvent } from '#model';

/** Members that every row has beside its shape. */
export function envelope(doc: Record<string, unknown> | undefined): { removed?: true; erased?: true } {
  return { ...(doc?.removed === true ? { removed: true as const } : {}), ...(doc?.erased === true ? { erased: true as const } : {}) };
}

/** A row after an event that removes, restores or erases its record; else as it was. */
export function withLifecycle(
  doc: Record<string, unknown> | undefined,
  stored: StoredEvent,
  recorded: Recorded | undefined,
): Record<string, unknown> | undefined {
  if (!doc) return doc;
  const kind = stored.stream.slice(0, stored.stream.indexOf('/'));
  if (stored.type === `${kind}.removed`) return { ...doc, removed: true };
  if (stored.type === `${kind}.restored`) {
    const { removed: _, ...rest } = doc;
    return rest;
  }
  if (stored.type === `${kind}.erased` || recorded?.erased) return { ...doc, erased: true };
  return doc;
}
