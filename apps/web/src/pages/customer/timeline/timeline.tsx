import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { typesOf } from '../../../parts/history/events.ts';
import type { Told } from '../../../parts/history/happened.tsx';
import { KnownRecords, useKnown } from '../../../parts/history/known.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { queryClient } from '../../../queries/client.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import { isOtherHalf, recordName, type HistoryItem } from '../kinds.ts';
import { timelineQuery } from '../queries.ts';
import { Entry } from './entry.tsx';
import { countsOf, inFilter, monthsOf, type Filter } from './months.ts';

const FIRST = 15;

/** Everything that happened to a customer up to the moment that is shown, newest first; narrowed by what it is. */
export function Timeline({ page }: { page: CustomerPage }) {
  const t = useCustomerTexts();
  const { entries, moment } = page;
  const [filter, setFilter] = useState<Filter>('all');
  const until = useMemo(
    () => (moment.isPast ? entries.filter(({ at }) => Date.parse(at) <= moment.a.at) : entries),
    [entries, moment.isPast, moment.a.at],
  );
  const hidden = entries.length - until.length;
  return (
    <section className={css.timeline} aria-label={t('timeline')}>
      <header>
        <h2>{t('timeline')}</h2>
        <div className={css.chips} role="group" aria-label={t('narrow')}>
          {(entries.length > 0 ? countsOf(until) : []).map(({ filter: one, n }) => (
            <button key={one} type="button" className={css.chip} aria-pressed={filter === one} onClick={() => setFilter(one)}>
              {t(`filter_${one}`)}
              {moment.known === undefined && <Count n={n} />}
            </button>
          ))}
        </div>
      </header>
      {hidden > 0 && (
        <p className={css.later}>
          <Icon name="info" size="s" />
          {t('laterHidden', { n: hidden })}
        </p>
      )}
      {page.guessed ? (
        <Guessed page={page} entries={until} filter={filter} />
      ) : (
        <Loaded page={page} filter={filter} total={until.filter(inFilter(filter)).length} />
      )}
    </section>
  );
}

function Count({ n }: { n: number }) {
  const format = useFormat();
  return <span className={css.chipCount}>{format.number(n)}</span>;
}

/** While the line moves: what the outline says, with the words of what has been loaded before. */
function Guessed({ page, entries, filter }: { page: CustomerPage; entries: CustomerPage['entries']; filter: Filter }) {
  const loaded = useMemo(() => {
    const pages = queryClient.getQueriesData<{ pages: { items: HistoryItem[] }[] }>({
      queryKey: ['customer', page.of.kind, page.id, 'timeline'],
    });
    const items = [...page.now.timeline, ...pages.flatMap(([, data]) => data?.pages.flatMap(({ items: of }) => of) ?? [])];
    return new Map(items.map((item) => [`${item.record}#${item.revision}`, item]));
  }, [page.of.kind, page.id, page.now.timeline]);
  const told = entries
    .filter(inFilter(filter))
    .slice(0, FIRST)
    .map((entry) => loaded.get(`${entry.record}#${entry.revision}`) ?? entry);
  return <Months items={told} acts={false} />;
}

function Loaded({ page, filter, total }: { page: CustomerPage; filter: Filter; total: number }) {
  const [t, known] = [useCustomerTexts(), useKnown()];
  const { of, id, moment } = page;
  const to = moment.asked.a.asOf;
  const query = useInfiniteQuery(
    timelineQuery(of, id, { ...(filter === 'all' ? {} : { types: typesOf(filter).join(',') }), ...(to ? { to } : {}) }),
  );
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const all = useMemo(
    () => data?.pages.flatMap(({ items: found }) => found).filter((item) => !isOtherHalf(item, recordName(of, id))),
    [data, of, id],
  );
  const items = moment.known === undefined ? all : all?.filter((item) => Date.parse(item.recordedAt) <= moment.known!);
  const ids = useMemo(() => new Set(items?.map((item) => item.id)), [items]);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return undefined;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), { rootMargin: '600px' });
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, items?.length]);
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  if (!items)
    return filter === 'all' && page.shown.timeline.length > 0 ? (
      <Months items={page.shown.timeline} acts={false} />
    ) : (
      <Skeleton widths={[70, 55, 65, 60]} />
    );
  if (items.length === 0) return <Empty title={t('nothingHappened')}>{t('nothingHappenedHint')}</Empty>;
  const left = total - (all?.length ?? 0);
  return (
    <KnownRecords value={{ ...known, ids: (event) => ids.has(event) }}>
      <Months items={items} acts={!moment.isPast} />
      <div ref={end}>
        {hasNextPage && (
          <Button variant="subtle" fullWidth onClick={() => void fetchNextPage()}>
            {left > 0 ? t('earlier', { n: left }) : t('someEarlier')}
          </Button>
        )}
      </div>
    </KnownRecords>
  );
}

/** What happened, under its months. */
export function Months({ items, acts }: { items: readonly Told[]; acts: boolean }) {
  const format = useFormat();
  return monthsOf(items, format.zone).map(({ month, items: of }) => (
    <section key={month} aria-label={format.longMonth(month)}>
      <h3 className={css.month}>{format.longMonth(month)}</h3>
      <ol>
        {of.map((told) => (
          <Entry key={`${told.record}#${told.revision}`} told={told} acts={acts} />
        ))}
      </ol>
    </section>
  ));
}
