import { queryOptions } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../../api/api.ts';
import { tint } from '../../../live/rows.ts';
import { onChanges } from '../../../live/stream.ts';
import { queryClient } from '../../../queries/client.ts';
import { allHold, among, DEALS, is, type Deal } from '../deal.ts';
import { renewed, withMore, type Board } from './board-data.ts';

/** Which deals: of a pipeline, and what else they must be, as lists take it. */
export type BoardAsked = { pipelineId: string; filter?: string; search?: string; sort?: string };

const CARDS = 40;
const MOST_CARDS = 200;
/** More changes than this in one go are an import: the board is asked for as a whole then, see live/changes.ts. */
const MANY = 40;
const USUAL_SORT = '-changedAt';

const keyOf = (asked: BoardAsked) => ['board', asked] as const;

const askBoard = async (asked: BoardAsked, limit: number, signal?: AbortSignal): Promise<Board> =>
  (await api.get('/opportunities/board', { query: { ...asked, limit }, signal })).data;

/** Open deals by stage, the first cards of each. Asked for again it brings about as many cards as were there. */
export const boardQuery = (asked: BoardAsked) =>
  queryOptions({
    queryKey: keyOf(asked),
    queryFn: ({ signal }) => {
      const shown = queryClient.getQueryData<Board>(keyOf(asked))?.stages.map(({ cards }) => cards.length) ?? [];
      return askBoard(asked, Math.min(MOST_CARDS, Math.max(CARDS, ...shown)), signal);
    },
    meta: { kinds: [DEALS], rows: true },
  });

const filterOf = ({ pipelineId, filter }: BoardAsked, further?: string) =>
  allHold(is('pipelineId', pipelineId), is('open', true), further, filter);

const asking = new Set<string>();

/** Puts the next cards of a stage on the board. */
export async function moreCards(asked: BoardAsked, stageId: string): Promise<void> {
  const cursor = queryClient.getQueryData<Board>(keyOf(asked))?.stages.find((stage) => stage.stageId === stageId)?.next;
  if (!cursor || asking.has(cursor)) return;
  asking.add(cursor);
  try {
    const { search, sort = USUAL_SORT } = asked;
    const query = { filter: filterOf(asked, is('stageId', stageId)), search, sort, cursor, limit: CARDS };
    const { data, next } = await api.get('/opportunities', { query });
    queryClient.setQueryData<Board>(keyOf(asked), (board) => board && withMore(board, stageId, data, next));
  } finally {
    asking.delete(cursor);
  }
}

/** What others do shows on the board in its place; while something is in the air it waits. */
export function useBoardLive(asked: BoardAsked | undefined, held: boolean): void {
  const waiting = useRef(new Set<string>());
  const holds = useRef(held);
  const key = JSON.stringify(asked);
  useEffect(() => {
    if (!asked) return undefined;
    const renew = () => {
      const ids = [...waiting.current];
      waiting.current.clear();
      if (ids.length > 0) void renewCards(asked, ids);
    };
    if (!held) renew();
    return onChanges((heard) => {
      if ('again' in heard) return;
      if (heard.changes.some(({ kind }) => kind === 'sales.pipeline')) void queryClient.invalidateQueries({ queryKey: ['board'] });
      const ids = heard.changes.filter(({ kind }) => kind === DEALS).map(({ id }) => id);
      if (ids.length > MANY) return;
      for (const id of ids) waiting.current.add(id);
      if (!holds.current) renew();
    });
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for what is asked
  }, [key, held]);
  useEffect(() => {
    holds.current = held;
  }, [held]);
}

async function renewCards(asked: BoardAsked, ids: readonly string[]): Promise<void> {
  const { search } = asked;
  const [rows, totals] = await Promise.all([
    api
      .get('/opportunities', { query: { filter: filterOf(asked, among(ids)), search, limit: ids.length } })
      .then(({ data }): Deal[] => data),
    askBoard(asked, 1),
  ]);
  queryClient.setQueryData<Board>(keyOf(asked), (board) => board && renewed(board, ids, rows, totals));
  tint(
    DEALS,
    rows.map(({ id }) => id),
  );
}
