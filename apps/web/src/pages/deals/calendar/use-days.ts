import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../../api/api.ts';
import { countQuery } from '../../../queries/lists.ts';
import { allHold, DEALS, type Deal } from '../deal.ts';

const PAGE = 200;
/** A month that holds more says so by its list; nobody reads a calendar of thousands. */
const MOST = 2_000;
const CARDS = 50;

/** Deals that are expected to close between two days, inclusive. */
export function useDatedDeals(filter: string | undefined, from: string, to: string) {
  const asked = allHold(filter, `expectedCloseOn gte ${JSON.stringify(from)}`, `expectedCloseOn lte ${JSON.stringify(to)}`);
  return useQuery({
    ...queryOptions({
      queryKey: ['days', asked],
      queryFn: async ({ signal }) => {
        const found: Deal[] = [];
        let cursor: string | undefined;
        do {
          const { data, next } = await api.get('/opportunities', {
            query: { filter: asked, sort: 'expectedCloseOn', limit: PAGE, cursor },
            signal,
          });
          found.push(...data);
          cursor = next;
        } while (cursor && found.length < MOST);
        return found;
      },
      meta: { kinds: [DEALS] },
    }),
    enabled: filter !== undefined,
    placeholderData: (before) => before,
  });
}

/** Open deals that nobody expects to close on any day, the worthiest first. */
export function useUndated(filter: string | undefined) {
  const asked = allHold(filter, 'expectedCloseOn eq null');
  const query = useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['list', DEALS, 'undated', asked],
      queryFn: async ({ pageParam, signal }): Promise<{ items: Deal[]; next?: string }> => {
        const { data, next } = await api.get('/opportunities', {
          query: { filter: asked, sort: '-worthAmount', limit: CARDS, cursor: pageParam || undefined },
          signal,
        });
        return { items: data, next };
      },
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
      meta: { kinds: [DEALS] },
    }),
    enabled: filter !== undefined,
    placeholderData: (before) => before,
  });
  const count = useQuery({ ...countQuery(DEALS, { filter: asked }), enabled: filter !== undefined }).data;
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return { ...query, items, count, filter: asked };
}

export type UndatedList = ReturnType<typeof useUndated>;
