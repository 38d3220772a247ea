import type { InfiniteData, QueryKey } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '../api/api.ts';
import { isKind, resourceOf, type Kind } from '../api/kinds.ts';
import { queryClient } from '../queries/client.ts';
import type { Asked } from '../queries/lists.ts';

type Row = { id: string };
type List = InfiniteData<{ items: Row[]; next?: string }>;

/** Records that were changed a moment ago, by `kind/id`, and when: lists tint them for a while. */
const touched = new Map<string, number>();
/** Per kind: records that have moved and stand in none of the lists that are shown: they may be new. */
const waiting = new Map<string, Set<string>>();
const listeners = new Set<() => void>();
const TINTED = 4_000;
let version = 0;

function told(): void {
  version++;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Renews these records where lists show them, in their place; others wait to be asked for. */
export async function renewRows(kind: string, ids: readonly string[]): Promise<void> {
  if (!isKind(kind)) return;
  const lists = queryClient.getQueriesData<List>({ queryKey: ['list', kind], type: 'active' });
  const strange = ids.filter((id) => !lists.some(([, data]) => shows(data, id)));
  if (lists.length > 0 && strange.length > 0) {
    const set = waiting.get(kind) ?? new Set<string>();
    for (const id of strange) set.add(id);
    waiting.set(kind, set);
    told();
  }
  // What is in the bin is asked for there.
  const bins = Map.groupBy(lists, ([[, , asked]]) => (asked as Asked).removed === true);
  const known = await Promise.all([...bins].map(([removed, some]) => renewIn(kind, ids, some, removed)));
  if (known.flat().length > 0) tint(kind, known.flat());
}

/** @returns which of the records these lists show */
async function renewIn(kind: Kind, ids: readonly string[], lists: [QueryKey, List | undefined][], removed: boolean): Promise<string[]> {
  const known = ids.filter((id) => lists.some(([, data]) => shows(data, id)));
  if (known.length === 0) return known;
  const filter = `id in (${known.map((id) => JSON.stringify(id)).join(', ')})`;
  const { data } = await api.read<Row[]>(`/${resourceOf(kind)}`, { filter, removed: removed || undefined, limit: known.length });
  const fresh = new Map(data.map((row) => [row.id, row]));
  for (const [queryKey] of lists)
    queryClient.setQueryData<List>(
      queryKey,
      (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: renewed(page.items, fresh, new Set(known)) })) },
    );
  return known;
}

const shows = (list: List | undefined, id: string) => list?.pages.some((page) => page.items.some((row) => row.id === id)) === true;

/** A record that is gone leaves its row; the others stay where they are. */
const renewed = (items: Row[], fresh: ReadonlyMap<string, Row>, known: ReadonlySet<string>) =>
  items.flatMap((row) => (known.has(row.id) ? (fresh.get(row.id) ?? []) : row));

/** Marks records as changed a moment ago. */
export function tint(kind: string, ids: readonly string[]): void {
  const at = Date.now();
  for (const id of ids) touched.set(`${kind}/${id}`, at);
  told();
  setTimeout(() => {
    for (const [key, when] of touched) if (Date.now() - when >= TINTED) touched.delete(key);
    told();
  }, TINTED + 50);
}

/** How many records of a kind have come or moved since its lists were asked for. */
export function useWaiting(kind: string): number {
  return useSyncExternalStore(subscribe, () => waiting.get(kind)?.size ?? 0);
}

/** Asks for the lists of a kind again, with what has been waiting. */
export async function showWaiting(kind: string): Promise<void> {
  waiting.delete(kind);
  told();
  await queryClient.invalidateQueries({ queryKey: ['list', kind] });
}

/** Which records of a kind were changed in the last seconds. */
export function useTouched(kind: string): (id: string) => boolean {
  useSyncExternalStore(subscribe, () => version);
  return (id) => touched.has(`${kind}/${id}`);
}
