import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '../../queries/client.ts';
import { movedTo, without, type Board } from './board/board-data.ts';
import { DEALS, type Deal } from './deal.ts';

type Pages = InfiniteData<{ items: Deal[]; next?: string }>;
type Kept = { doc: Deal; revision?: number };

const KEYS = [['board'], ['list', DEALS], ['some', DEALS], ['record', DEALS], ['days']];

/** Everything that shows deals, as it is now. @returns puts it back */
export function snapshot(): () => void {
  const kept = KEYS.flatMap((queryKey) => queryClient.getQueriesData({ queryKey }));
  return () => {
    for (const [key, data] of kept) queryClient.setQueryData(key, data);
    void askAgain();
  };
}

/** Asks anew for whatever shows deals. */
export const askAgain = () => queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(DEALS) === true });

/** Shows a change of a deal wherever it stands, before the server has taken it. */
export function patchDeal(deal: Deal, patch: Partial<Deal>): void {
  const now = { ...deal, ...patch };
  const at = (one: Deal) => (one.id === deal.id ? { ...one, ...patch } : one);
  queryClient.setQueriesData<Board>({ queryKey: ['board'] }, (board) => board && onBoard(board, deal, now));
  queryClient.setQueriesData<Pages>(
    { queryKey: ['list', DEALS] },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(at) })) },
  );
  for (const queryKey of [['some', DEALS], ['days']]) queryClient.setQueriesData<Deal[]>({ queryKey }, (list) => list?.map(at));
  queryClient.setQueriesData<Kept>({ queryKey: ['record', DEALS, deal.id] }, (kept) => kept && { ...kept, doc: { ...kept.doc, ...patch } });
}

function onBoard(board: Board, before: Deal, now: Deal): Board {
  const shown = board.stages.flatMap(({ cards }) => cards).find(({ id }) => id === before.id);
  if (!shown) return board;
  if (!now.open) return without(board, shown);
  if (now.stageId !== shown.stageId) return movedTo(board, shown, now.stageId, now.stageSince);
  return {
    ...board,
    stages: board.stages.map((stage) => ({
      ...stage,
      cards: stage.cards.map((card) => (card.id === now.id ? { ...card, ...now } : card)),
    })),
  };
}
