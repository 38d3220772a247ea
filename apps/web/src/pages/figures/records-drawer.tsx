import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Doc } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { Drawer } from '../../parts/drawer.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import type { FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import css from './figures.module.css';
import type { Opening } from './opening.ts';

const PAGE = 50;
type Deal = Doc<'sales.opportunity'>;
type Part = { deals: Deal[]; next?: string };

/** The deals a number is made of, beside the figures. */
export function RecordsDrawer({
  opening,
  asked,
  currency,
  onClose,
}: {
  opening: Opening | undefined;
  asked: FiguresAsked;
  currency: string;
  onClose: () => void;
}) {
  const t = useFiguresTexts();
  return (
    <Drawer opened={opening !== undefined} onClose={onClose} title={<bdi>{opening?.title ?? t('records')}</bdi>}>
      {opening && <Records opening={opening} asked={asked} currency={currency} />}
    </Drawer>
  );
}

function Records({ opening: { figure, group }, asked, currency }: { opening: Opening; asked: FiguresAsked; currency: string }) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const query = { ...asked, ...group, figure, limit: PAGE };
  const records = useInfiniteQuery({
    queryKey: ['figures', 'records', query],
    queryFn: async ({ pageParam, signal }): Promise<Part> => {
      const { data } = await api.get('/figures/sales/records', { query: { ...query, cursor: pageParam || undefined }, signal });
      return { deals: await dealsOf(data.ids, signal), next: data.next };
    },
    initialPageParam: '',
    getNextPageParam: (part: Part) => part.next,
    meta: { kinds: ['sales.opportunity'] },
  });
  if (records.error) return <ProblemNotice error={records.error} again={() => void records.refetch()} />;
  if (!records.data) return <Skeleton widths={[90, 70, 85, 60, 80]} height={16} />;
  const deals = records.data.pages.flatMap((part) => part.deals);
  return (
    <>
      {asked.asOf && <Notice icon="history">{t('asToday', { day: format.day(asked.asOf, 'long') })}</Notice>}
      {deals.length === 0 && <p className="muted sm">{t('nothingHere')}</p>}
      <ul aria-label={t('records')}>
        {deals.map((deal) => (
          <li key={deal.id} className={css.record}>
            <span className={css.recordName}>
              <RecordName kind="sales.opportunity" id={deal.id} name={deal.name} className="medium ellipsis plain-link" />
              <span className="xs muted ellipsis">
                <RecordName kind="workspace.user" id={deal.ownerId} plain />
                {' · '}
                <time dateTime={deal.closedOn ?? deal.openedOn}>{format.day(deal.closedOn ?? deal.openedOn)}</time>
              </span>
            </span>
            <span className="num">{deal.worth ? format.money(deal.worth, currency) : <span className="faint">{'–'}</span>}</span>
          </li>
        ))}
      </ul>
      {records.hasNextPage && (
        <Button
          mt={12}
          aria-disabled={records.isFetchingNextPage}
          onClick={() => !records.isFetchingNextPage && void records.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}

/** Deals by their ids, in their order. */
async function dealsOf(ids: readonly string[], signal: AbortSignal): Promise<Deal[]> {
  if (ids.length === 0) return [];
  const filter = `id in (${ids.map((id) => JSON.stringify(id)).join(', ')})`;
  const { data } = await api.read<Deal[]>('/opportunities', { filter, limit: ids.length }, { signal });
  const found = new Map(data.map((deal) => [deal.id, deal]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
