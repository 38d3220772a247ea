import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';

export type Team = Schemas['view.workspace.team-row'];
export type Member = Pick<Schemas['view.workspace.user-row'], 'id' | 'name' | 'teamId' | 'managerId'>;

const PAGE = 200;
const MOST = 2_000;

async function all<T>(path: string, asked: object, signal: AbortSignal): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page: { data: T[]; next?: string } = await api.read<T[]>(path, { ...asked, limit: PAGE, cursor }, { signal });
    found.push(...page.data);
    cursor = page.next;
  } while (cursor && found.length < MOST);
  return found;
}

/** Every team: the whole tree is shown at once. */
export const teamsQuery = queryOptions({
  queryKey: ['teams', 'all'],
  queryFn: ({ signal }) => all<Team>('/teams', { sort: 'name' }, signal),
  meta: { kinds: ['workspace.team'] },
});

/** Everybody who works here, by name, team and manager. */
export const membersQuery = queryOptions({
  queryKey: ['members', 'all'],
  queryFn: ({ signal }) => all<Member>('/users', { filter: 'active eq true', sort: 'name', fields: 'id,name,teamId,managerId' }, signal),
  meta: { kinds: ['workspace.user'] },
});
