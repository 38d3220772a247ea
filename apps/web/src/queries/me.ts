import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get('/me', { signal }).then(({ data }) => data),
  meta: { kinds: ['workspace.user', 'workspace.role'] },
});
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get('/settings', { signal }).then(({ data }) => data),
  meta: { kinds: ['workspace.tenant'] },
});

/** Who is signed in. */
export const useMe = () => useSuspenseQuery(meQuery).data;

/** The tenant's settings; undefined until they are there, and for roles that may not see them. */
export const useSettings = () => useQuery(settingsQuery).data;

/** What the role may do at all with a kind: what it never may is not offered. Whether it may with one record, the server says. */
export function useMay(): (ability: string, kind: string) => boolean {
  const { abilities } = useMe();
  return (ability, kind) => abilities.find((one) => one.kind === kind)?.may.includes(ability) ?? false;
}

/** Fields of a kind that are hidden from this role. */
export function useHidden(kind: string): readonly string[] {
  return useMe().abilities.find((one) => one.kind === kind)?.hidden ?? [];
}
