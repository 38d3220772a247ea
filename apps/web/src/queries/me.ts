import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import { ApiProblem } from '../api/problem.ts';
import { seeAsOneself, seeingAs } from '../session/seeing-as.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) =>
    api.get('/me', { signal }).then(
      ({ data }) => data,
      (error: unknown) => {
        // Whoever one was looking as may have been shut out since.
        if (seeingAs() && error instanceof ApiProblem && (error.status === 403 || error.status === 404)) seeAsOneself();
        throw error;
      },
    ),
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

/** Abilities that change nothing: with another's eyes one does no more. */
const LOOKS: readonly string[] = ['read', 'export', 'events.read'];

/** What may be done now with a kind: what the role never may is not offered. Whether it may with one record, the server says. */
export function useMay(): (ability: string, kind: string) => boolean {
  const holds = useHolds();
  const onlyLooks = seeingAs() !== undefined;
  return (ability, kind) => (!onlyLooks || LOOKS.includes(ability)) && holds(ability, kind);
}

/** What the role holds, a kind or a whole service (`sales`); `everywhere`: for every record, not only for one's own or the team's. */
export function useHolds(): (ability: string, kind: string, everywhere?: 'everywhere') => boolean {
  const { abilities } = useMe();
  return (ability, kind, everywhere) => {
    const found = abilities.find((one) => one.kind === kind);
    return (everywhere ? found?.all : found?.may)?.includes(ability) ?? false;
  };
}

/** Fields of a kind that are hidden from this role. */
export function useHidden(kind: string): readonly string[] {
  return useMe().abilities.find((one) => one.kind === kind)?.hidden ?? [];
}
