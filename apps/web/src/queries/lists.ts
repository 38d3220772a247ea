import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../api/api.ts';
import { resourceOf, type Doc, type Kind } from '../api/kinds.ts';

/** What is asked of a list: in the server's own words. */
export type Asked = { filter?: string; search?: string; sort?: string; removed?: boolean };
export const PAGE = 100;

type PageOf<K extends Kind> = { items: Doc<K>[]; next?: string };

/** A list, page by page as it is scrolled. */
export const listQuery = <K extends Kind>(kind: K, asked: Asked = {}, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ['list', kind, asked, limit],
    queryFn: async ({ pageParam, signal }): Promise<PageOf<K>> => {
      const query = { ...asked, limit, cursor: pageParam || undefined };
      const { data, next } = await api.read<Doc<K>[]>(`/${resourceOf(kind)}`, query, { signal });
      return { items: data, next };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    meta: { kinds: [kind], rows: true },
  });

/** How many records match, as text: `10000+` where they are not counted out. */
export const countQuery = (kind: Kind, asked: Asked = {}) =>
  queryOptions({
    queryKey: ['count', kind, { filter: asked.filter, search: asked.search, removed: asked.removed }],
    queryFn: async ({ signal }) => {
      const { filter, search, removed } = asked;
      const { count } = await api.read(
        `/${resourceOf(kind)}`,
        { filter, search, removed, count: true, limit: 1, fields: 'id' },
        { signal },
      );
      return count ?? '0';
    },
    meta: { kinds: [kind] },
  });

/** The first records of a list, for panels and pickers. */
export const someQuery = <K extends Kind>(kind: K, asked: Asked = {}, limit = 10) =>
  queryOptions({
    queryKey: ['some', kind, asked, limit],
    queryFn: ({ signal }) => api.read<Doc<K>[]>(`/${resourceOf(kind)}`, { ...asked, limit }, { signal }).then(({ data }) => data),
    meta: { kinds: [kind] },
  });

/** A list as a table takes it. */
export function useList<K extends Kind>(kind: K, asked: Asked) {
  const query = useInfiniteQuery({ ...listQuery(kind, asked), placeholderData: (before) => before });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { ...query, rows };
}
