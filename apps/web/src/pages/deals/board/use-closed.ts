import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../../api/api.ts';
import { countQuery, someQuery } from '../../../queries/lists.ts';
import { quarterAt, type Quarter } from '../../home/quarters.ts';
import { allHold, DEALS, is, type Deal } from '../deal.ts';
import type { BoardAsked } from './board-query.ts';

const CARDS = 40;

const closedQuery = (filter: string | undefined, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['closed', filter, search],
    queryFn: async ({ pageParam, signal }): Promise<{ items: Deal[]; next?: string }> => {
      const query = { filter, search, sort: '-closedOn', limit: CARDS, cursor: pageParam || undefined };
      const { data, next } = await api.get('/opportunities', { query, signal });
      return { items: data, next };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    meta: { kinds: [DEALS] },
  });

/** The quarter whose closed deals a board shows: this one, or the last in which something was closed. Undefined until it is known. */
export function useClosedQuarter({ pipelineId }: BoardAsked, today: string): Quarter | undefined {
  const now = quarterAt(today);
  const { data } = useQuery(someQuery(DEALS, { filter: `${is('pipelineId', pipelineId)} and ${is('open', false)}`, sort: '-closedOn' }, 1));
  const last = data?.[0]?.closedOn;
  return data && (last && last < now.from ? quarterAt(last) : now);
}

/** Deals of the board that were closed in a quarter, the latest first, and how many there are. */
export function useClosed(asked: BoardAsked, status: 'won' | 'lost', quarter: Quarter) {
  const filter = allHold(
    is('pipelineId', asked.pipelineId),
    is('status', status),
    `closedOn gte ${JSON.stringify(quarter.from)} and closedOn lte ${JSON.stringify(quarter.to)}`,
    asked.filter,
  );
  const query = useInfiniteQuery({ ...closedQuery(filter, asked.search), placeholderData: (before) => before });
  const count = useQuery(countQuery(DEALS, { filter, search: asked.search })).data;
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return { ...query, items, count, filter };
}
