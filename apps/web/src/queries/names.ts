import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { isKind, resourceOf, type Kind } from '../api/kinds.ts';
import { queryClient } from './client.ts';

const MOST = 100;
type Waiting = { resolve: (name: string | undefined) => void; reject: (error: unknown) => void };
const waiting = new Map<Kind, Map<string, Waiting[]>>();

/** What a record is called. Asked for together with all others of its kind that are asked for at the same time; undefined where it may not be seen. */
function nameOf(kind: Kind, id: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let batch = waiting.get(kind);
    if (!batch) {
      waiting.set(kind, (batch = new Map()));
      setTimeout(() => void ask(kind), 0);
    }
    batch.set(id, [...(batch.get(id) ?? []), { resolve, reject }]);
  });
}

async function ask(kind: Kind): Promise<void> {
  const batch = waiting.get(kind)!;
  waiting.delete(kind);
  const ids = [...batch.keys()];
  for (let from = 0; from < ids.length; from += MOST) {
    const part = ids.slice(from, from + MOST);
    try {
      const filter = `id in (${part.map((id) => JSON.stringify(id)).join(', ')})`;
      const { data } = await api.read<{ id: string; name: string }[]>(`/${resourceOf(kind)}`, { filter, fields: 'id,name', limit: MOST });
      const names = new Map(data.map(({ id, name }) => [id, name]));
      for (const id of part) for (const { resolve } of batch.get(id)!) resolve(names.get(id));
    } catch (error) {
      for (const id of part) for (const { reject } of batch.get(id)!) reject(error);
    }
  }
}

export const nameQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: ['name', kind, id],
    queryFn: async () => (isKind(kind) ? ((await nameOf(kind, id)) ?? null) : null),
    staleTime: 5 * 60_000,
    meta: { kinds: [kind], id },
  });

/** A record's name: undefined while it is asked for, null where there is none to be seen. */
export function useName(kind: string, id: string | undefined): string | null | undefined {
  return useQuery({ ...nameQuery(kind, id ?? ''), enabled: id !== undefined }).data;
}

/** What a record is called, for a sentence that is said once. */
export const nameOnce = async (kind: string, id: string): Promise<string> => (await queryClient.ensureQueryData(nameQuery(kind, id))) ?? '';
