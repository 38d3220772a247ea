import type { Query } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { queryClient } from '../queries/client.ts';
import { heardFromServer, lostServer } from './freshness.ts';
import { renewRows } from './rows.ts';
import { followChanges, onChanges, type Change } from './stream.ts';

/** More records than this in one go are an import: then what shows lists asks again as a whole, at most every so often. */
const MANY = 40;
const REST = 2_000;

/** What is shown follows what others do: a query says by its `meta` which kinds, or which record, make it stale. */
export function keepFresh(): void {
  api.onAnswer(({ fresh, kept }) => (kept ? lostServer() : heardFromServer(fresh)));
  onChanges((heard) => {
    if ('again' in heard) void queryClient.invalidateQueries();
    else take(heard.changes);
  });
  followChanges();
}

const stale = new Map<string, Set<string>>();
let resting = false;

function take(changes: readonly Change[]): void {
  for (const { kind, id } of changes) {
    const ids = stale.get(kind) ?? new Set();
    stale.set(kind, ids.add(id));
  }
  if (!resting) void renew();
}

async function renew(): Promise<void> {
  const now = new Map(stale);
  stale.clear();
  const many = [...now.values()].some((ids) => ids.size > MANY);
  await queryClient.invalidateQueries({ predicate: (query) => isStale(query, now, many) });
  if (!many) for (const [kind, ids] of now) await renewRows(kind, [...ids]);
  resting = true;
  setTimeout(
    () => {
      resting = false;
      if (stale.size > 0) void renew();
    },
    many ? REST : 0,
  );
}

function isStale({ meta }: Query, changes: ReadonlyMap<string, ReadonlySet<string>>, many: boolean): boolean {
  // Rows are renewed one by one: a list that is asked for again could move under the pointer.
  if (!meta?.kinds || (meta.rows && !many)) return false;
  return meta.kinds.some((kind) => changes.has(kind) && (meta.id === undefined || changes.get(kind)!.has(meta.id)));
}
