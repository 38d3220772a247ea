import { Link } from '@tanstack/react-router';
import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { Column } from '../board/column.tsx';
import { DealCard } from '../board/deal-card.tsx';
import { CARD_HEIGHT } from '../board/stage-column.tsx';
import { useFacts } from '../board/use-facts.tsx';
import type { Deal } from '../deal.ts';
import type { Lift } from '../use-lift.ts';
import type { UndatedList } from './use-days.ts';

/** Where a deal is dropped to have no day. */
export const UNDATED = 'undated';

/** Open deals without a day, aside: to be carried to one. */
export function Undated({ list, today, lift, hint }: { list: UndatedList; today: string; lift: Lift<Deal> | undefined; hint: string }) {
  const [t, format, factsOf] = [useDealTexts(), useFormat(), useFacts()];
  const { items, count, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  return (
    <Column
      id={UNDATED}
      mark="lost"
      title={t('undated')}
      count={
        count !== undefined && (
          <Link to="/deals/list" search={{ view: 'all', filter: list.filter, sort: '-worthAmount' }}>
            {format.count(count)}
          </Link>
        )
      }
      sums={<span>{t('undatedHint')}</span>}
      items={items?.filter(({ expectedCloseOn }) => expectedCloseOn === undefined)}
      height={CARD_HEIGHT}
      more={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
      empty={t('noneUndated')}
      target={lift?.lifted ? (lift.lifted.over === UNDATED ? 'over' : 'may') : undefined}
      droppable={lift !== undefined}
      register={() => undefined}
      card={(deal, place) => (
        <DealCard
          deal={deal}
          facts={factsOf(deal, today)}
          place={place}
          hint={hint}
          lifted={lift?.lifted?.item.id === deal.id}
          onPress={lift && ((event) => lift.press(event, deal))}
        />
      )}
    />
  );
}
