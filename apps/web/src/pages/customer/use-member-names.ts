import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Customer, Whole } from './kinds.ts';
import { nameIn } from './members.ts';
import { historyQuery } from './queries.ts';

/** What those are called who were merged into a customer; of themselves they are in no list any more. */
export function useMemberNames(of: Customer, { profile, members }: Whole): (id: string) => string | undefined {
  const others = members.filter((member) => member !== profile.id);
  const found = useQueries({
    queries: others.map((member) => historyQuery(of.resource, member)),
    combine: (answers) => answers.map(({ data }) => nameIn(data) ?? '').join('\n'),
  });
  const names = useMemo(() => new Map(others.map((member, at) => [member, found.split('\n')[at]])), [others.join(), found]); // oxlint-disable-line react/exhaustive-deps -- the ids stand for the members
  return useCallback((id: string) => (id === profile.id ? profile.name : names.get(id) || undefined), [names, profile.id, profile.name]);
}
