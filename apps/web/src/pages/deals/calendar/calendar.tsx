import { createLazyRoute } from '@tanstack/react-router';
import { ActionIcon, Button } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { allOf } from '../../../format/exact.ts';
import { dayIn } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Page } from '../../../parts/page.tsx';
import { Stat } from '../../../parts/stat.tsx';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useHidden, useMay } from '../../../queries/me.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DealForms, DealsHead, OwnerSelect, PipelineSelect } from '../deals-head.tsx';
import bar from '../deals.module.css';
import { allHold, DEALS, is, monthsAfter, type Deal } from '../deal.ts';
import { useDealActs } from '../use-deal-acts.ts';
import { useDealSearch } from '../use-deal-search.ts';
import { useLift } from '../use-lift.ts';
import { usePipeline } from '../use-pipelines.ts';
import css from './calendar.module.css';
import { daysAfter, firstDayOf, weeksOf } from './month-grid.ts';
import { MonthTable } from './month-table.tsx';
import { DayList } from './day-list.tsx';
import { Undated, UNDATED } from './undated.tsx';
import { useDatedDeals, useUndated } from './use-days.ts';

export const route = createLazyRoute('/shell/deals/calendar')({ component: Calendar });

/** Open deals by the day they are expected to close on; one is carried to another day, or to none. */
function Calendar() {
  const [t, format, usual, may, hidden] = [useDealTexts(), useFormat(), useUsualCurrency(), useMay(), useHidden(DEALS)];
  const [search, change] = useDealSearch();
  const narrow = useIsNarrow();
  const hint = useId();
  const pipeline = usePipeline(search.pipeline);
  const acts = useDealActs();
  const today = dayIn(Date.now(), format.zone);
  const month = /^\d{4}-\d{2}$/.test(search.month ?? '') ? search.month! : today.slice(0, 7);
  const weeks = useMemo(() => weeksOf(month, firstDayOf(format.locale)), [month, format.locale]);
  const [from, to] = [weeks[0]![0]!, weeks.at(-1)![6]!];
  const filter = pipeline && allHold(is('open', true), is('pipelineId', pipeline.id), search.owner && is('ownerId', search.owner));
  const dated = useDatedDeals(filter, from, to);
  const undated = useUndated(filter);
  const byDay = useMemo(() => {
    const days = new Map<string, Deal[]>();
    // What was carried a moment ago stands where it was dropped, whichever list it came from.
    const deals = new Map([...(undated.items ?? []), ...(dated.data ?? [])].map((deal) => [deal.id, deal]));
    for (const deal of deals.values())
      if (deal.expectedCloseOn) days.set(deal.expectedCloseOn, [...(days.get(deal.expectedCloseOn) ?? []), deal]);
    return days;
  }, [dated.data, undated.items]);
  const [day, setDay] = useState(today);
  const chosen = day >= from && day <= to ? day : `${month}-01`;
  const go = (next: string) => change({ month: next === today.slice(0, 7) ? undefined : next });
  const step = (months: number) => go(monthsAfter(`${month}-01`, months).slice(0, 7));
  const changes = may('change', DEALS);
  const lift = useLift<Deal>((deal, place) => {
    const next = place === UNDATED ? undefined : place;
    if (next === deal.expectedCloseOn) return;
    const said = next ? t('closesSaid', { name: deal.name, day: format.day(next) }) : t('undatedSaid', { name: deal.name });
    void acts.attempt(acts.change(deal, { expectedCloseOn: next ?? null }, said));
    if (next) setDay(next);
  });
  useShortcuts([
    { keys: 'BracketLeft', run: () => step(-1), says: t('monthEarlier') },
    { keys: 'BracketRight', run: () => step(1), says: t('monthLater') },
  ]);
  const inMonth = [...byDay].filter(([at]) => at.startsWith(month)).flatMap(([, deals]) => deals);
  const { lifted } = lift;
  const said = lifted
    ? lifted.over === undefined
      ? t('liftedDaySaid', { name: lifted.item.name })
      : lifted.over === UNDATED
        ? t('overUndated')
        : format.weekday(`${lifted.over}T12:00:00Z`)
    : '';
  const carry = (days: number) => lift.carry(daysAfter(lifted?.over && lifted.over !== UNDATED ? lifted.over : chosen, days));
  return (
    <Page title={t('title')} fill={!narrow}>
      <DealsHead
        totals={
          <>
            <Stat label={t('closingIn', { month: format.longMonth(month) })} value={t('dealsCount', { n: inMonth.length })} />
            {!hidden.includes('value') && (
              <Stat label={t('openValue')} value={format.sums(allOf(inMonth.map(({ worth }) => (worth ? [worth] : []))), usual)} />
            )}
            <Stat label={t('undated')} value={undated.count === undefined ? '…' : format.count(undated.count)} />
          </>
        }
      />
      <div className={bar.bar}>
        <DealForms />
        <PipelineSelect value={pipeline?.id} />
        <OwnerSelect />
        <span className={`end ${bar.moment}`}>
          <ActionIcon aria-label={t('monthEarlier')} onClick={() => step(-1)}>
            <Icon name="back" size="s" />
          </ActionIcon>
          <h2 className={css.month} aria-live="polite">
            {format.longMonth(month)}
          </h2>
          <ActionIcon aria-label={t('monthLater')} onClick={() => step(1)}>
            <Icon name="forward" size="s" />
          </ActionIcon>
          <Button onClick={() => (go(today.slice(0, 7)), setDay(today))}>{t('today')}</Button>
        </span>
      </div>
      <p id={hint} className="sr">
        {t('liftHint')}
      </p>
      <div className="sr" role="status" aria-live="assertive">
        {said}
      </div>
      {dated.error ? (
        <ProblemNotice error={dated.error} again={() => void dated.refetch()} />
      ) : (
        <div className={css.layout}>
          <MonthTable
            label={format.longMonth(month)}
            weeks={weeks}
            month={month}
            today={today}
            byDay={byDay}
            day={chosen}
            onDay={setDay}
            lift={changes ? lift : undefined}
            onCarry={carry}
            hint={hint}
            narrow={narrow}
          />
          {narrow && <DayList day={chosen} deals={byDay.get(chosen) ?? []} lift={changes ? lift : undefined} hint={hint} />}
          <Undated list={undated} today={today} lift={changes ? lift : undefined} hint={hint} />
        </div>
      )}
    </Page>
  );
}
