import type { HistoryItem } from './deal-queries.ts';

/** A value a field has had, from when and by whom. */
export type FieldValue = { id: string; at: string; actor: string; value: unknown };

const CHANGED = 'sales.opportunity.changed';
const OPENED = 'sales.opportunity.opened';

/** The values a field has had, the latest first, out of a deal's history in the same order. */
export function valuesOf(items: readonly HistoryItem[], field: string): FieldValue[] {
  return items.flatMap(({ id, at, actor, type, data }) => {
    if (type === OPENED) return [{ id, at, actor, value: data[field] }];
    if (type !== CHANGED || !(field in data)) return [];
    return [{ id, at, actor, value: (data[field] as { to?: unknown }).to }];
  });
}
