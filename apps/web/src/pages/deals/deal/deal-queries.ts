import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { someQuery } from '../../../queries/lists.ts';
import { DEALS } from '../deal.ts';

export type HistoryItem = Schemas['HistoryItem'];
export type Activity = Schemas['view.contacts.activity-row'];

const PAGE = 50;
const ACTIVITIES = 100;

/** A deal as it was at the end of a day. */
export const dealThenQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: ['deal-then', id, at],
    queryFn: ({ signal }) => api.get('/opportunities/{id}', { params: { id }, query: { asOf: at }, signal }).then(({ data }) => data),
    meta: { kinds: [DEALS], id },
    placeholderData: (before) => before,
  });

/** What happened to a deal, the latest first. */
export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['history', DEALS, id],
    queryFn: async ({ pageParam, signal }): Promise<{ items: HistoryItem[]; next?: string }> => {
      const { data, next } = await api.get('/opportunities/{id}/history', {
        params: { id },
        query: { limit: PAGE, cursor: pageParam || undefined },
        signal,
      });
      return { items: data, next };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    meta: { kinds: [DEALS], id },
  });

/** What was noted, said and planned about a deal, the latest first. */
export const activitiesQuery = (id: string) =>
  someQuery('contacts.activity', { filter: `about has ${JSON.stringify(`${DEALS}/${id}`)}`, sort: '-at' }, ACTIVITIES);
