import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/api.ts';
import type { Schemas } from '../api/schema.ts';

/** A list as somebody looks at it, kept under a name. */
export type SavedView = Schemas['view.workspace.view-row'];

export const savedViewsQuery = (kind: string) =>
  queryOptions({
    queryKey: ['views', kind],
    queryFn: ({ signal }) =>
      api.get('/views', { query: { filter: `of eq ${JSON.stringify(kind)}`, sort: 'name', limit: 100 }, signal }).then(({ data }) => data),
    meta: { kinds: ['workspace.view'] },
  });

/** Saved views of a kind: one's own, and those that others share. */
export const useSavedViews = (kind: string): readonly SavedView[] => useQuery(savedViewsQuery(kind)).data ?? [];
