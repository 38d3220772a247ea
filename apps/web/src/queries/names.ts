import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { isKind, resourceOf, type Kind } from '../api/kinds.ts';
import { batched, idIn } from './batched.ts';
import { queryClient } from './client.ts';

const MOST = 100;

/** What a record is called. Asked for together with all others of its kind that are asked for at the same time; undefined where it may not be seen. */
const nameOf = batched(async (kind: Kind, ids) => {
  const asked = { filter: idIn(ids), fields: 'id,name', limit: MOST };
  type Named = { id: string; name: string };
  const read = (further: object) => api.read<Named[]>(`/${resourceOf(kind)}`, { ...asked, ...further });
  const { data } = await read({});
  const found = new Map(data.map(({ id, name }) => [id, name]));
  // What lies in the bin has its name still.
  if (found.size < ids.length) for (const { id, name } of (await read({ removed: true })).data) found.set(id, name);
  return found;
}, MOST);

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
