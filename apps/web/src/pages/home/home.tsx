import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayIn } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { Page } from '../../parts/page.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Segments } from '../../parts/segments.tsx';
import { countQuery } from '../../queries/lists.ts';
import { useMay, useMe } from '../../queries/me.ts';
import { useHomeTexts } from '../../texts/home/index.ts';
import { STALLED_AFTER, stalledBy } from '../deals/stalled.ts';
import { BeginCard } from './begin-card.tsx';
import { ChangedCard } from './changed-card.tsx';
import { DealsCard } from './deals-card.tsx';
import css from './home.module.css';
import { NextSteps } from './next-steps.tsx';
import { QuarterCard } from './quarter-card.tsx';
import { daysBefore, quarterAt } from './quarters.ts';
import { TeamCard } from './team-card.tsx';

export const route = createLazyRoute('/shell/')({ component: Home });

/** The first page: what is next, what has stalled, what changed since yesterday, the quarter so far. */
function Home() {
  const [t, format, me, may] = [useHomeTexts(), useFormat(), useMe(), useMay()];
  const today = dayIn(Date.now(), format.zone);
  const [chosen, setChosen] = useState<'mine' | 'all'>();
  const own = `ownerId eq ${JSON.stringify(me.id)}`;
  const deals = may('read', 'sales.opportunity');
  const { data: myCount, isLoading: mineComes } = useQuery({ ...countQuery('sales.opportunity', { filter: own }), enabled: deals });
  const { data: allCount, isLoading: allCome } = useQuery({ ...countQuery('sales.opportunity'), enabled: deals });
  const contacts = useQuery({ ...countQuery('contacts.contact'), enabled: may('read', 'contacts.contact') }).data;
  // Whoever owns no deals looks at everybody's, as far as the role reaches.
  const whose = chosen ?? (myCount === '0' && allCount !== '0' ? 'all' : 'mine');
  const owner = whose === 'mine' ? me.id : undefined;
  const mine = owner ? `${own} and ` : '';
  const isEmpty = allCount === '0' && contacts === '0';
  const open = `${mine}open eq true`;
  return (
    <Page title={t('title')}>
      <div className={css.head}>
        <h2>{t(greeting(format.time(Date.now())), { name: me.user?.name.split(' ')[0] ?? '' })}</h2>
        <p>{t('todayIs', { day: format.day(today, 'long'), quarter: quarterAt(today).number })}</p>
        {deals && !isEmpty && !mineComes && !allCome && (
          <span className="end">
            <Segments
              label={t('whose')}
              value={whose}
              onChange={setChosen}
              options={[
                { value: 'mine', label: t('mine') },
                { value: 'all', label: t('everybody') },
              ]}
            />
          </span>
        )}
      </div>
      {isEmpty ? (
        <BeginCard />
      ) : mineComes || allCome ? (
        <Skeleton widths={[60, 90, 90, 80, 85]} height={18} />
      ) : (
        <div className={css.grid}>
          <div className={css.column}>
            {may('read', 'contacts.activity') && <NextSteps owner={me.id} />}
            {deals && (
              <>
                <DealsCard
                  title={t('stalled')}
                  count={(n) => t('stalledCount', { count: n, days: STALLED_AFTER })}
                  asked={{ filter: `${open} and ${stalledBy(today)}`, sort: 'stageSince' }}
                  end={
                    <Link to="/deals/list" search={{ view: 'stalled', filter: `${open} and ${stalledBy(today)}` }}>
                      {t('allOfThem')}
                    </Link>
                  }
                  today={today}
                  late
                  empty={t('noStalled')}
                />
                <DealsCard
                  title={owner ? t('newestMine') : t('newest')}
                  count={(n) => t('openCount', { count: n })}
                  asked={{ filter: open, sort: '-openedOn' }}
                  end={
                    <Link to="/deals/board" search={{ owner }}>
                      {t('onBoard')}
                    </Link>
                  }
                  today={today}
                  empty={t('noDeals')}
                />
              </>
            )}
          </div>
          {deals && (
            <div className={css.column}>
              {may('read', 'sales.opportunity') && <QuarterCard owner={owner} today={today} />}
              <ChangedCard owner={owner} since={daysBefore(today, 1)} />
              <TeamCard />
            </div>
          )}
        </div>
      )}
    </Page>
  );
}

function greeting(time: string): 'morning' | 'day' | 'evening' {
  const hour = Number(time.slice(0, 2));
  if (hour < 12) return 'morning';
  return hour < 18 ? 'day' : 'evening';
}
