import { shareOf, withMoney } from '../../../format/exact.ts';
import type { Schemas } from '../../../api/schema.ts';
import type { Deal } from '../deal.ts';

export type Board = Schemas['Board'];
export type BoardStage = Schemas['BoardStage'];

/** Totals of a stage with a deal more, or one less. */
function counted(stage: BoardStage, deal: Deal, times: 1 | -1): BoardStage {
  const value = withMoney(stage.value, deal.worth, BigInt(times));
  return {
    ...stage,
    count: stage.count + times,
    value,
    weighted: value.map((sum) => shareOf(sum, stage.probability)).filter(({ amount }) => /[1-9]/.test(amount)),
  };
}

export const cardOf = (board: Board, id: string): Deal | undefined =>
  board.stages.flatMap(({ cards }) => cards).find((card) => card.id === id);

/** The board without a deal. */
export function without(board: Board, deal: Deal): Board {
  return {
    ...board,
    stages: board.stages.map((stage) =>
      stage.stageId === deal.stageId ? { ...counted(stage, deal, -1), cards: stage.cards.filter(({ id }) => id !== deal.id) } : stage,
    ),
  };
}

/** The board with a deal at the top of its stage. */
export function withDeal(board: Board, deal: Deal): Board {
  return {
    ...board,
    stages: board.stages.map((stage) =>
      stage.stageId === deal.stageId ? { ...counted(stage, deal, 1), cards: [deal, ...stage.cards] } : stage,
    ),
  };
}

/** The board as it is once a deal was moved to a stage. */
export function movedTo(board: Board, deal: Deal, stageId: string, at: string): Board {
  return withDeal(without(board, deal), { ...deal, stageId, stageSince: at, changedAt: at });
}

/** Further cards of a stage, those that are there already left out. */
export function withMore(board: Board, stageId: string, cards: readonly Deal[], next: string | undefined): Board {
  return {
    ...board,
    stages: board.stages.map((stage) => {
      if (stage.stageId !== stageId) return stage;
      const known = new Set(stage.cards.map(({ id }) => id));
      return { ...stage, cards: [...stage.cards, ...cards.filter(({ id }) => !known.has(id))], next };
    }),
  };
}

/**
 * The board with what became of some deals: those that still belong on it as they are now, in their place or at the top of the stage they have come
 * to; the others gone. `totals`: the same board, asked for anew, whose sums count.
 */
export function renewed(board: Board, ids: readonly string[], rows: readonly Deal[], totals: Board): Board {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const gone = new Set(ids.filter((id) => !fresh.has(id)));
  return {
    ...totals,
    stages: totals.stages.map((total) => {
      const shown = board.stages.find(({ stageId }) => stageId === total.stageId);
      const kept = (shown?.cards ?? []).flatMap((card) => {
        if (gone.has(card.id)) return [];
        const now = fresh.get(card.id);
        return now ? (now.stageId === total.stageId ? now : []) : card;
      });
      const there = new Set(kept.map(({ id }) => id));
      const come = rows.filter((row) => row.stageId === total.stageId && !there.has(row.id));
      return { ...total, cards: [...come, ...kept], next: shown ? shown.next : total.next };
    }),
  };
}
