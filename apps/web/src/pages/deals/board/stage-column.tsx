import { Link } from '@tanstack/react-router';
import { useTouched } from '../../../live/rows.ts';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { useHidden } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { allHold, DEALS, is, type Deal, type Stage } from '../deal.ts';
import type { Lift } from '../use-lift.ts';
import type { BoardStage } from './board-data.ts';
import { moreCards, type BoardAsked } from './board-query.ts';
import css from './board.module.css';
import { CardMenu } from './card-menu.tsx';
import { Column, type ColumnHandle } from './column.tsx';
import { DealCard } from './deal-card.tsx';
import { useFacts } from './use-facts.tsx';

export type ColumnCommon = {
  hint: string;
  lift: Lift<Deal>;
  register: (id: string, handle: ColumnHandle | undefined) => void;
  today: string;
  droppable: boolean;
  target: 'may' | 'over' | undefined;
};

export const CARD_HEIGHT = 62;
export const CARD_HEIGHT_TOUCH = 70;

/** A stage with its open deals. */
export function StageColumn({
  stage,
  stages,
  asked,
  hint,
  lift,
  register,
  today,
  droppable,
  target,
  onMove,
  onClose,
}: ColumnCommon & {
  stage: BoardStage;
  stages: readonly Stage[];
  asked: BoardAsked;
  onMove: (deal: Deal, to: Stage) => void;
  onClose: (deal: Deal, status: 'won' | 'lost') => void;
}) {
  const [t, format, usual, hidden] = [useDealTexts(), useFormat(), useUsualCurrency(), useHidden(DEALS)];
  const factsOf = useFacts();
  const touched = useTouched(DEALS);
  const narrow = useIsNarrow();
  const filter = allHold(is('stageId', stage.stageId), is('open', true), asked.filter);
  return (
    <Column
      id={stage.stageId}
      mark="open"
      strength={stage.probability / 100}
      title={<bdi>{stage.name}</bdi>}
      count={
        <Link
          to="/deals/list"
          search={{ view: 'all', filter, search: asked.search }}
          aria-label={t('openInList', { n: stage.count, stage: stage.name })}
        >
          {format.number(stage.count)}
        </Link>
      }
      sums={
        !hidden.includes('value') && (
          <>
            <strong>{format.sums(stage.value, usual)}</strong>
            <span>{t('weightedAt', { value: format.sums(stage.weighted, usual), percent: format.percent(stage.probability, 0) })}</span>
          </>
        )
      }
      items={stage.cards}
      height={narrow ? CARD_HEIGHT_TOUCH : CARD_HEIGHT}
      more={stage.next ? () => void moreCards(asked, stage.stageId) : undefined}
      empty={t('stageEmpty')}
      slot={
        target === 'over' && (
          <div className={css.slot}>
            <div className={css.landing}>{t('dropHere')}</div>
          </div>
        )
      }
      target={target}
      droppable={droppable}
      register={register}
      card={(deal, place) => (
        <DealCard
          deal={deal}
          facts={factsOf(deal, today)}
          place={place}
          hint={hint}
          lifted={lift.lifted?.item.id === deal.id}
          touched={touched(deal.id)}
          onPress={droppable ? (event) => lift.press(event, deal) : undefined}
          menu={
            droppable && (
              <CardMenu
                deal={deal}
                stages={stages}
                tabbable={place.tabbable}
                onMove={(to) => onMove(deal, to)}
                onClose={(status) => onClose(deal, status)}
              />
            )
          }
        />
      )}
    />
  );
}
