import type { ReactNode } from 'react';
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

/** What stands around the lifeline: the header, then facts, timeline and panels; or two moments beside each other. */
export function Body({ page, notYet, error, lifeline }: { page: CustomerPage; notYet: boolean; error: unknown; lifeline: ReactNode }) {
  const { moment, now } = page;
  const narrow = useIsNarrow();
  if (moment.b)
    return (
      <>
        {lifeline}
        <Compare page={page} />
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
  const facts = erased ? null : <Facts page={page} />;
  const more = (
    <>
      <ActivitiesPanel page={page} />
      <PeoplePanel page={page} />
      <RelationsPanel page={page} />
      <MembersPanel page={page} />
    </>
  );
  const head = erased ? <ErasedHeader page={page} /> : <Header page={page} />;
  if (narrow)
    return (
      <>
        {head}
        {lifeline}
        <PhoneTabs tabs={erased ? tabs.filter((one) => one !== 'facts') : tabs} tab={tab} onTab={moment.showPanel}>
          {tab === 'timeline' && <Timeline page={page} />}
          {tab === 'facts' && facts}
          {tab === 'deals' && <DealsPanel page={page} />}
          {tab === 'more' && more}
        </PhoneTabs>
      </>
    );
  return (
    <>
      {head}
      {lifeline}
      <div className={`${css.columns} ${erased ? css.noFacts : ''}`}>
        {facts}
        <Timeline page={page} />
        {/* Consents, tickets and campaigns find their place here as their services arrive. */}
        <div className={css.side}>
          <DealsPanel page={page} />
          {more}
        </div>
      </div>
    </>
  );
}

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
