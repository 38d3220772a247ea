import type { Schemas } from '../../api/schema.ts';
import { partsOf } from './events.ts';

export type Change = { field: string; from?: unknown; to?: unknown };

/** What was typed where it differs from what is kept goes along with it, and is no change of its own. */
const BESIDE = new Set(['sectorTyped', 'countryTyped', 'contactId']);

/** What an event changed, field by field; empty for one that changed no fields. */
export function changesOf({ type, data }: Pick<Schemas['HistoryItem'], 'type' | 'data'>): Change[] {
  const { kind, act } = partsOf(type);
  if (act === 'changed')
    return Object.entries(data).flatMap(([field, change]) => {
      if (BESIDE.has(field) && !(kind !== 'contacts.activity' && field === 'contactId')) return [];
      const { from, to } = (change ?? {}) as { from?: unknown; to?: unknown };
      return field === 'custom' ? ofBags(from, to) : [{ field, from, to }];
    });
  if (type === 'sales.opportunity.line-changed') {
    const { from, to } = data as { from: Record<string, unknown>; to: Record<string, unknown> };
    return ['quantity', 'price']
      .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
      .map((field) => ({ field, from: from[field], to: to[field] }));
  }
  if (type === 'sales.opportunity.stage-moved') return [{ field: 'stageId', from: data.from, to: data.to }];
  return [];
}

/** Own fields stand in one bag; what changed is told of each. */
function ofBags(from: unknown, to: unknown): Change[] {
  const [before, after] = [from ?? {}, to ?? {}] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ field: `custom.${name}`, from: before[name] ?? undefined, to: after[name] ?? undefined }));
}

/** What a list lost and got; what stayed is left out. */
export function listChange(from: unknown, to: unknown): { gone: unknown[]; come: unknown[] } {
  const [before, after] = [from, to].map((list) => (Array.isArray(list) ? list : [])) as [unknown[], unknown[]];
  const has = (list: unknown[], one: unknown) => list.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return { gone: before.filter((one) => !has(after, one)), come: after.filter((one) => !has(before, one)) };
}
