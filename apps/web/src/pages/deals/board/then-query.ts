import { queryOptions, useQueries } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { among, DEALS, type Deal } from '../deal.ts';

export type ThenStage = Schemas['BoardThenStage'];
export type ThenCard = Schemas['BoardThenCard'];
export type Since = Schemas['BoardThenAnswer']['since'];
export type ThenAsked = { asOf: string; knownAt?: string; pipeline: string; owner?: string };

/** The most cards a stage gives. */
export const MOST_CARDS = 1_000;
const CHUNK = 50;

/** The board as it stood, with the worthiest cards of each stage. */
export const boardThenQuery = (asked: ThenAsked, limit: number) =>
  queryOptions({
    queryKey: ['board-then', asked, limit],
    queryFn: ({ signal }) => api.get('/figures/sales/board', { query: { ...asked, limit }, signal }).then(({ data }) => data),
    // What was then does not change, what has become of it does.
    meta: { kinds: [DEALS] },
    placeholderData: (before) => before,
  });

/** A day's deals behind a number, by their ids. */
export const recordsThenQuery = (asked: ThenAsked & { figure: 'won' | 'lost'; from: string; to: string }, limit: number) =>
  queryOptions({
    queryKey: ['records-then', asked, limit],
    queryFn: ({ signal }) => api.get('/figures/sales/records', { query: { ...asked, limit }, signal }).then(({ data }) => data.ids),
    placeholderData: (before) => before,
  });

/** Deals as they are today, of those ids whose place has been come to; asked for in lots, once each. */
export function useDealsNow(ids: readonly string[], until: number): ReadonlyMap<string, Deal> {
  const lots: string[][] = [];
  for (let from = 0; from < Math.min(ids.length, until); from += CHUNK) lots.push(ids.slice(from, from + CHUNK));
  return useQueries({
    queries: lots.map((lot) =>
      queryOptions({
        queryKey: ['deals-now', lot],
        queryFn: ({ signal }) =>
          api.get('/opportunities', { query: { filter: among(lot), limit: CHUNK }, signal }).then(({ data }) => data),
        meta: { kinds: [DEALS] },
      }),
    ),
    combine: (answers) => new Map(answers.flatMap(({ data }) => data ?? []).map((deal) => [deal.id, deal])),
  });
}
