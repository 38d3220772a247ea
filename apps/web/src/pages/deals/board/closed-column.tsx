import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { daysBetween } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { figuresQuery } from '../../home/home-queries.ts';
import type { Quarter } from '../../home/quarters.ts';
import { CloseForm } from '../close-form.tsx';
import type { Deal } from '../deal.ts';
import type { BoardAsked } from './board-query.ts';
import css from './board.module.css';
import { Column } from './column.tsx';
import { DealCard } from './deal-card.tsx';
import { CARD_HEIGHT, CARD_HEIGHT_TOUCH, type ColumnCommon } from './stage-column.tsx';
import { useClosed } from './use-closed.ts';
import { useLasting } from './use-facts.tsx';

/** A deal that is about to be won or lost: what has yet to be said is asked where it was dropped. */
export type Closing = { deal: Deal; status: 'won' | 'lost' };

/** What was won, or lost, this quarter, or in the last one in which something was; what is dropped here is. */
export function ClosedColumn({
  status,
  quarter,
  isNow,
  asked,
  figures,
  register,
  droppable,
  target,
  closing,
  onClosed,
}: Omit<ColumnCommon, 'lift' | 'hint' | 'today'> & {
  status: 'won' | 'lost';
  quarter: Quarter;
  /** Whether it is the present one. */
  isNow: boolean;
  asked: BoardAsked;
  figures: { pipeline: string; owner?: string } | undefined;
  closing: Closing | undefined;
  onClosed: () => void;
}) {
  const [t, format, usual, narrow, lasting] = [useDealTexts(), useFormat(), useUsualCurrency(), useIsNarrow(), useLasting()];
  const { items, count, filter, hasNextPage, isFetchingNextPage, fetchNextPage } = useClosed(asked, status, quarter);
  const won = useQuery({
    ...figuresQuery({ ...figures, from: quarter.from, to: quarter.to }),
    enabled: figures !== undefined && status === 'won',
  }).data?.figures[0];
  return (
    <Column
      id={status}
      mark={status}
      title={
        isNow
          ? t(status === 'won' ? 'wonQuarter' : 'lostQuarter')
          : t(status === 'won' ? 'wonIn' : 'lostIn', {
              from: format.month(quarter.months[0]!),
              to: format.month(quarter.months[2]!),
              year: String(quarter.year),
            })
      }
      count={
        count !== undefined && (
          <Link to="/deals/list" search={{ view: 'all', filter, search: asked.search }}>
            {format.count(count)}
          </Link>
        )
      }
      sums={status === 'won' && won && <strong>{format.sums(won.wonValue, usual)}</strong>}
      items={items}
      height={narrow ? CARD_HEIGHT_TOUCH : CARD_HEIGHT}
      more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
      empty={t(status === 'won' ? 'noneWon' : 'noneLost')}
      slot={
        closing ? (
          <div className={css.slot}>
            <CloseForm key={closing.deal.id} deal={closing.deal} status={status} onDone={onClosed} onCancel={onClosed} />
          </div>
        ) : (
          target === 'over' && (
            <div className={css.slot}>
              <div className={css.landing}>{t(status === 'won' ? 'winDo' : 'loseDo')}</div>
            </div>
          )
        )
      }
      target={target}
      droppable={droppable}
      register={register}
      card={(deal, place) => (
        <DealCard
          deal={deal}
          place={place}
          facts={[
            deal.closedOn && format.day(deal.closedOn),
            deal.closedOn && lasting(Math.max(0, daysBetween(deal.openedOn, deal.closedOn))),
            deal.reason && <bdi key="reason">{deal.reason}</bdi>,
          ]}
        />
      )}
    />
  );
}
