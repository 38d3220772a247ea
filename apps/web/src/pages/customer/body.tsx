import { memo, useDeferredValue, type ReactNode } from 'react';
import { Empty } from '../../parts/empty.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useIsNarrow } from '../../parts/use-is-narrow.ts';
import { useFormat } from '../../format/use-format.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { Compare } from './compare/compare.tsx';
import css from './customer.module.css';
import type { CustomerPage } from './customer-page.ts';
import { ErasedHeader } from './erased.tsx';
import { Facts } from './facts/facts.tsx';
import { Header } from './header.tsx';
import { ActivitiesPanel } from './panels/activities-panel.tsx';
import { DealsPanel } from './panels/deals-panel.tsx';
import { MembersPanel, PeoplePanel, RelationsPanel } from './panels/people-panels.tsx';
import { PhoneTabs, type PhoneTab } from './phone-tabs.tsx';
import { Timeline } from './timeline/timeline.tsx';

/**
 * What stands around the lifeline: the header, then facts, timeline and panels; or two moments beside each other. The line answers a key or a finger
 * first, and the rest follows it as fast as it can be drawn.
 */
export function Body({ page, notYet, error, lifeline }: { page: CustomerPage; notYet: boolean; error: unknown; lifeline: ReactNode }) {
  const { moment, now } = page;
  const narrow = useIsNarrow();
  const later = useDeferredValue(page);
  if (moment.b)
    return (
      <>
        {lifeline}
        <Compared page={later.moment.b ? later : page} />
      </>
    );
  if (notYet)
    return (
      <>
        {lifeline}
        <NotYet page={page} />
      </>
    );
  if (error)
    return (
      <>
        {lifeline}
        <ProblemNotice error={error} />
      </>
    );
  const { erased } = now.profile;
  const tabs: PhoneTab[] = ['timeline', 'facts', 'deals', 'more'];
  const tab = tabs.find((one) => one === moment.panel) ?? 'timeline';
  const head = <Head page={later} />;
  if (narrow)
    return (
      <>
        {head}
        {lifeline}
        <PhoneTabs tabs={erased ? tabs.filter((one) => one !== 'facts') : tabs} tab={tab} onTab={moment.showPanel}>
          <Tab page={later} tab={tab} />
        </PhoneTabs>
      </>
    );
  return (
    <>
      {head}
      {lifeline}
      <Columns page={later} />
    </>
  );
}

type Shown = { page: CustomerPage };

const Compared = memo(Compare);

const Head = memo(function Head({ page }: Shown) {
  return page.now.profile.erased ? <ErasedHeader page={page} /> : <Header page={page} />;
});

const Columns = memo(function Columns({ page }: Shown) {
  const { erased } = page.now.profile;
  return (
    <div className={`${css.columns} ${erased ? css.noFacts : ''}`}>
      {!erased && <Facts page={page} />}
      <Timeline page={page} />
      {/* Consents, tickets and campaigns find their place here as their services arrive. */}
      <div className={css.side}>
        <DealsPanel page={page} />
        <More page={page} />
      </div>
    </div>
  );
});

const Tab = memo(function Tab({ page, tab }: Shown & { tab: PhoneTab }) {
  if (tab === 'timeline') return <Timeline page={page} />;
  if (tab === 'deals') return <DealsPanel page={page} />;
  return tab === 'facts' ? !page.now.profile.erased && <Facts page={page} /> : <More page={page} />;
});

const More = ({ page }: Shown) => (
  <>
    <ActivitiesPanel page={page} />
    <PeoplePanel page={page} />
    <RelationsPanel page={page} />
    <MembersPanel page={page} />
  </>
);

/** At that moment there was no such customer, or nobody knew of one. */
function NotYet({ page: { now, moment, entries } }: { page: CustomerPage }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const first = entries.at(-1);
  return (
    <div className={css.notYet}>
      <Empty level={2} title={t(moment.known === undefined ? 'notYet' : 'notKnownYet', { name: now.profile.name })}>
        {moment.known === undefined ? (first ? t('notYetHint', { day: format.date(first.at) }) : t('notYetOnce')) : t('notKnownYetHint')}
      </Empty>
    </div>
  );
}
