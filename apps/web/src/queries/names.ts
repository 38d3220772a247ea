import { useCallback, useSyncExternalStore } from 'react';
import { api } from '../api/api.ts';
import { isKind, resourceOf, type Kind } from '../api/kinds.ts';
import { onChanges } from '../live/stream.ts';
import { batched, idIn } from './batched.ts';

/**
 * What records are called: asked for together with all others of their kind that are asked for at the same time, kept, and asked for again when they
 * change. A list shows hundreds of names; a query for each would be dearer than the list. `name`: undefined while it is asked for, null where there is
 * none to be seen.
 */
type Entry = { name: string | null | undefined; at: number; listeners: Set<() => void> };

const MOST = 100;
const GOOD_FOR = 5 * 60_000;
const entries = new Map<string, Entry>();

const keyOf = (kind: string, id: string) => `${kind}/${id}`;

onChanges((heard) => {
  if ('again' in heard) entries.forEach((entry) => (entry.at = 0));
  else for (const { kind, id } of heard.changes) if (entries.has(keyOf(kind, id))) void renew(kind, id);
});

function entryOf(kind: string, id: string): Entry {
  const key = keyOf(kind, id);
  let entry = entries.get(key);
  if (!entry) entries.set(key, (entry = { name: undefined, at: 0, listeners: new Set() }));
  return entry;
}

async function renew(kind: string, id: string): Promise<string | null> {
  const entry = entryOf(kind, id);
  entry.at = Date.now();
  const name = isKind(kind) ? ((await nameOf(kind, id)) ?? null) : null;
  if (entry.name !== name) {
    entry.name = name;
    for (const listener of entry.listeners) listener();
  }
  return name;
}

const nameOf = batched(namesOf, MOST);

/** What cannot be asked for now has no name for the moment; it is asked for again when it is next shown. */
async function namesOf(kind: Kind, ids: readonly string[]): Promise<Map<string, string>> {
  try {
    const asked = { filter: idIn(ids), fields: 'id,name', limit: MOST };
    const read = (further: object) => api.read<{ id: string; name: string }[]>(`/${resourceOf(kind)}`, { ...asked, ...further });
    const { data } = await read({});
    const found = new Map(data.map(({ id, name }) => [id, name]));
    // What lies in the bin has its name still.
    if (found.size < ids.length) for (const { id, name } of (await read({ removed: true })).data) found.set(id, name);
    return found;
  } catch {
    for (const id of ids) entryOf(kind, id).at = 0; // whatever it was, the page itself meets it and says it
    return new Map();
  }
}

/** Records' names, in the order asked: each undefined while it is asked for, null where there is none to be seen. */
export function useManyNames(kind: string, ids: readonly string[]): (string | null | undefined)[] {
  const key = ids.join(' ');
  const subscribe = useCallback(
    (listener: () => void) => {
      const of = key === '' ? [] : key.split(' ');
      for (const id of of) {
        const entry = entryOf(kind, id);
        entry.listeners.add(listener);
        if (Date.now() - entry.at > GOOD_FOR) void renew(kind, id);
      }
      return () => of.forEach((id) => entryOf(kind, id).listeners.delete(listener));
    },
    [kind, key],
  );
  // One text that changes when any of the names does.
  useSyncExternalStore(subscribe, () =>
    JSON.stringify(ids.map((id) => entryOf(kind, id).name ?? (entryOf(kind, id).name === null ? 0 : ''))),
  );
  return ids.map((id) => entryOf(kind, id).name);
}

/** A record's name: undefined while it is asked for, null where there is none to be seen. */
export function useName(kind: string, id: string | undefined): string | null | undefined {
  return useManyNames(kind, id === undefined ? [] : [id])[0];
}

/** What a record is called, for a sentence that is said once. */
export async function nameOnce(kind: string, id: string): Promise<string> {
  return entryOf(kind, id).name ?? (await renew(kind, id)) ?? '';
}
