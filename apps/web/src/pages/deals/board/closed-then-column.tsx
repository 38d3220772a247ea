import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { daysBetween } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { figuresQuery } from '../../home/home-queries.ts';
import { quarterAt } from '../../home/quarters.ts';
import { Column, type ColumnProps } from './column.tsx';
import { DealCard } from './deal-card.tsx';
import { CARD_HEIGHT } from './stage-column.tsx';
import { recordsThenQuery, useDealsNow, type ThenAsked } from './then-query.ts';
import { useLasting } from './use-facts.tsx';

const CARDS = 200;
const AHEAD = 50;

/** What had been won, or lost, in the quarter up to that day. The cards say how these deals were closed. */
export function ClosedThenColumn({
  status,
  asked,
  money,
  register,
}: {
  status: 'won' | 'lost';
  asked: ThenAsked;
  money: boolean;
  register: ColumnProps<{ id: string }>['register'];
}) {
  const [t, format, usual, lasting] = [useDealTexts(), useFormat(), useUsualCurrency(), useLasting()];
  const [until, setUntil] = useState(AHEAD);
  const period = { from: quarterAt(asked.asOf).from, to: asked.asOf };
  const figures = useQuery({ ...figuresQuery({ ...asked, ...period }), enabled: money }).data?.figures[0];
  const ids = useQuery(recordsThenQuery({ ...asked, ...period, figure: status }, CARDS)).data;
  const deals = useDealsNow(ids ?? [], until);
  const count = figures?.[status];
  return (
    <Column
      id={status}
      mark={status}
      title={t(status === 'won' ? 'wonUpTo' : 'lostUpTo')}
      count={count === undefined ? '' : format.number(count)}
      sums={status === 'won' && figures && <strong>{format.sums(figures.wonValue, usual)}</strong>}
      items={ids?.map((id) => ({ id }))}
      height={CARD_HEIGHT}
      more={ids && until < ids.length ? () => setUntil((now) => now + AHEAD) : undefined}
      rest={ids && count !== undefined && count > ids.length ? t('moreThen', { n: count - ids.length }) : undefined}
      empty={t(status === 'won' ? 'noneWonThen' : 'noneLostThen')}
      droppable={false}
      register={register}
      card={({ id }, place) => {
        const deal = deals.get(id);
        return (
          <DealCard
            deal={deal ?? { id, ownerId: '' }}
            place={place}
            facts={deal?.closedOn ? [format.day(deal.closedOn), lasting(Math.max(0, daysBetween(deal.openedOn, deal.closedOn)))] : []}
          />
        );
      }}
    />
  );
}
