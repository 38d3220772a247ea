import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Schemas } from '../../api/schema.ts';
import { queryClient } from '../../queries/client.ts';
import type { Customer, HistoryItem, Whole } from './kinds.ts';

/** A moment as the server is asked for it: in valid and in recorded time. Both absent is now. */
export type Asked = { asOf?: string; knownAt?: string };

const key = (of: Customer, id: string) => ['customer', of.kind, id] as const;
/** What was is kept for a while after it was looked at; what is, longer. */
const PAST_FOR = 5 * 60_000;

/** Everything of a customer on one page, with the revision an edit of it is meant for. */
export const wholeQuery = (of: Customer, id: string, at: Asked = {}) =>
  queryOptions({
    queryKey: [...key(of, id), 'whole', at],
    queryFn: async ({ signal }) => {
      const { data, revision } = await api.read<Whole>(`/${of.resource}/${encodeURIComponent(id)}/360`, at, { signal });
      return { whole: data, revision };
    },
    ...(at.asOf || at.knownAt ? { gcTime: PAST_FOR } : {}),
  });

/** The whole life in outline: when what happened. */
export const lifelineQuery = (of: Customer, id: string) =>
  queryOptions({
    queryKey: [...key(of, id), 'lifeline'],
    queryFn: ({ signal }) =>
      api.read<Schemas['Lifeline']>(`/${of.resource}/${encodeURIComponent(id)}/lifeline`, {}, { signal }).then(({ data }) => data),
  });

export type Between = { types?: string; from?: string; to?: string };

/** What happened, newest first, page by page. */
export const timelineQuery = (of: Customer, id: string, between: Between, limit = 40) =>
  infiniteQueryOptions({
    queryKey: [...key(of, id), 'timeline', between, limit],
    queryFn: async ({ pageParam, signal }): Promise<{ items: HistoryItem[]; next?: string }> => {
      const asked = { ...between, limit, cursor: pageParam || undefined };
      const { data, next } = await api.read<HistoryItem[]>(`/${of.resource}/${encodeURIComponent(id)}/timeline`, asked, { signal });
      return { items: data, next };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

const MOST_PAGES = 10;

/** A record's own history, oldest first, as far as ten pages reach back: every value its fields ever had. */
export const historyQuery = (resource: string, id: string) =>
  queryOptions({
    queryKey: ['history', resource, id],
    queryFn: async ({ signal }): Promise<HistoryItem[]> => {
      const items: HistoryItem[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const asked = { limit: 200, cursor };
        const { data, next } = await api.read<HistoryItem[]>(`/${resource}/${encodeURIComponent(id)}/history`, asked, { signal });
        items.push(...data);
        cursor = next;
        if (!cursor) break;
      }
      return items.sort((a, b) => a.revision - b.revision);
    },
    staleTime: 60_000,
  });

/** What belongs to one act, in one service's log, oldest first. */
export const auditQuery = (service: string, correlation: string) =>
  queryOptions({
    queryKey: ['audit', service, correlation],
    queryFn: async ({ signal }) => {
      const { data, next } = await api.read<HistoryItem[]>(`/services/${service}/audit`, { correlation, limit: 200 }, { signal });
      return { items: data.reverse(), more: next !== undefined };
    },
    staleTime: 10_000,
  });

/** What can be shown of an erasure so far. */
export const certificateQuery = (id: string) =>
  queryOptions({
    queryKey: ['certificate', id],
    queryFn: ({ signal }) => api.get('/contacts/{id}/erasure', { params: { id }, signal }).then(({ data }) => data),
  });

/** Asks again for everything of a customer, also of the past: what was may have been put right. */
export async function renewCustomer(of: Customer, ids: readonly string[]): Promise<void> {
  await Promise.all(
    ids.flatMap((id) => [
      queryClient.invalidateQueries({ queryKey: key(of, id) }),
      queryClient.invalidateQueries({ queryKey: ['history', of.resource, id] }),
    ]),
  );
}
