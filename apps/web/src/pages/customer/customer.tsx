import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { dayIn } from '../../format/format.ts';
import { KnownRecords, type Known } from '../../parts/history/known.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { useIsPage } from '../../parts/record-name.tsx';
import { useMay } from '../../queries/me.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { MomentBand } from './band.tsx';
import { Body } from './body.tsx';
import type { CustomerPage } from './customer-page.ts';
import css from './customer.module.css';
import { useFollow } from './follow.ts';
import { CONTACT, isOtherHalf, type Customer as Of, type HistoryItem, type Whole } from './kinds.ts';
import { useMemberNames } from './use-member-names.ts';
import { Absent } from './absent.tsx';
import { historyQuery, lifelineQuery, wholeQuery } from './queries.ts';
import { sketch } from './sketch.ts';
import { Lifeline } from './time/lifeline.tsx';
import { turningPoints } from './time/turning-points.ts';
import { useMoment } from './time/use-moment.ts';
import { Waiting } from './waiting.tsx';
import { WhyProvider } from './why/open.ts';
import { WhyDrawer } from './why/why-drawer.tsx';

/** Everything of one customer on one page: who they are, their whole life, and how all of it was at any moment. */
export function Customer({ of }: { of: Of }) {
  const { id } = useParams({ strict: false }) as { id: string };
  const t = useCustomerTexts();
  const { data, error, refetch } = useQuery(wholeQuery(of, id));
  // Both are asked for at once; the life is drawn once both are here.
  useQuery(lifelineQuery(of, id));
  useFollow(of, id, data?.whole);
  useEffect(() => visited(of.kind, id), [of, id]);
  if (error instanceof ApiProblem && error.status === 404) return <Absent of={of} id={id} />;
  if (error)
    return (
      <Page title={t('title')}>
        <ProblemNotice error={error} again={() => void refetch()} />
      </Page>
    );
  if (!data) return <Waiting of={of} />;
  return <Present key={id} of={of} id={id} whole={data.whole} revision={data.revision} />;
}

function Present({ of, id, whole, revision }: { of: Of; id: string; whole: Whole; revision: number | undefined }) {
  const [t, parts, mayKind, isPage] = [useCustomerTexts(), usePartTexts(), useMay(), useIsPage()];
  const lifeline = useQuery(lifelineQuery(of, id));
  const history = useQuery(historyQuery(of.resource, whole.profile.id)).data;
  const own = `${of.kind}/${whole.profile.id}`;
  const entries = useMemo(() => (lifeline.data?.entries ?? []).filter((entry) => !isOtherHalf(entry, own)), [lifeline.data, own]);
  const times = useMemo(() => [...new Set(entries.map(({ at }) => Date.parse(at)))].sort((a, b) => a - b), [entries]);
  // The present moves on when there is something new to show.
  // oxlint-disable-next-line react/exhaustive-deps -- what was asked for anew is a new present
  const now = useMemo(() => Date.now(), [lifeline.dataUpdatedAt]);
  const moment = useMoment(times, now);
  const [why, setWhy] = useState<HistoryItem>();
  const past = useQuery({ ...wholeQuery(of, id, moment.asked.a), enabled: moment.written.a.text !== undefined });
  const navigate = useNavigate();

  // Whoever was merged into another is shown as part of them; in the past they may still have been by themselves.
  const survivor = whole.mergedInto;
  useEffect(() => {
    if (survivor !== undefined && !moment.isPast) void navigate({ to: `/${of.resource}/${survivor}` as string, replace: true });
  }, [survivor, moment.isPast, navigate, of.resource]);

  const notYet = past.error instanceof ApiProblem && past.error.status === 404;
  const exact = moment.isDragging ? undefined : past.data?.whole;
  const shown = useMemo(
    () => (!moment.isPast ? whole : (exact ?? sketch(whole, history, moment.a.at, dayIn(moment.a.at, moment.zone)))),
    [moment.isPast, whole, exact, history, moment.a.at, moment.zone],
  );
  const life = useMemo(
    () => ({ entries, deals: (lifeline.data && whole.deals?.items) ?? [], turns: turningPoints(entries, own) }),
    [entries, lifeline.data, whole.deals, own],
  );
  const memberName = useMemberNames(of, whole);
  const known = useMemo<Known>(() => {
    const deals = new Map(whole.deals?.items.map((deal) => [deal.id, deal]));
    const activities = new Map(whole.activities.items.map((one) => [one.id, one]));
    const records = new Set([whole.profile.id, ...whole.members].map((member) => `${of.kind}/${member}`));
    return {
      own: (record) => records.has(record),
      deal: (one) => deals.get(one),
      activity: (one) => activities.get(one),
      member: memberName,
      ids: () => false,
    };
  }, [whole, of.kind, memberName]);
  const abilities: Record<string, [string, string]> = {
    'create contact': ['create', 'contacts.contact'],
    'create activity': ['create', 'contacts.activity'],
    'change activity': ['change', 'contacts.activity'],
  };
  const page: CustomerPage = {
    of,
    id: whole.profile.id,
    now: whole,
    revision,
    shown,
    guessed: moment.isPast && exact === undefined,
    moment,
    history,
    entries,
    may: (ability) => mayKind(...(abilities[ability] ?? [ability, of.kind])),
    dealsPath: (status) =>
      isPage('/deals/list') ? `/deals/list?filter=${encodeURIComponent(`${of.dealRef} eq "${id}" and status eq "${status}"`)}` : undefined,
  };
  const title = whole.profile.erased ? parts('erased') : shown.profile.name;
  const crumbs = [
    { text: t(of === CONTACT ? 'contacts' : 'accounts'), to: `/${of.resource}` },
    ...(of === CONTACT && shown.account && isPage('/accounts/$id')
      ? [{ text: shown.account.name, to: `/accounts/${shown.account.id}` }]
      : []),
  ];
  return (
    <KnownRecords value={known}>
      <WhyProvider value={setWhy}>
        <Page title={title} crumbs={crumbs} past={moment.isPast || moment.b !== undefined} band={<MomentBand moment={moment} />}>
          <div className={css.page}>
            <Body
              page={page}
              notYet={moment.isPast && notYet && !moment.isDragging}
              error={moment.isPast && !notYet && !moment.isDragging ? past.error : null}
              lifeline={<Lifeline moment={moment} life={life} times={times} />}
            />
          </div>
          {why && <WhyDrawer key={why.id} item={why} onClose={() => setWhy(undefined)} />}
        </Page>
      </WhyProvider>
    </KnownRecords>
  );
}
