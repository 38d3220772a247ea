import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { contactsContactCard } from '../../api/fields.ts';
import { formatters } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { useDisplayNames } from '../../parts/history/field-value.tsx';
import { Icon } from '../../parts/icon.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { useName } from '../../queries/names.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { useHistoryTexts } from '../../texts/history/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { CustomerActs } from './acts/customer-acts.tsx';
import css from './customer.module.css';
import type { CustomerPage } from './customer-page.ts';
import type { Customer, Profile, Whole } from './kinds.ts';
import { NextStep } from './next-step.tsx';
import { isSame } from './same.ts';
import { Today } from './shown.tsx';
import { lastTalked, winRate } from './sketch.ts';

const STAGES: readonly string[] = contactsContactCard.fields.lifecycleStage.options;
const TONES: Record<string, Tone> = {
  customer: 'good',
  evangelist: 'good',
  opportunity: 'act',
  qualified: 'act',
  lead: 'act',
  former: 'line',
};

/** Who it is, how it stands with them, and what is next. */
export function Header({ page }: { page: CustomerPage }) {
  const { of, now, shown, moment } = page;
  const [shared, valueOf] = [usePartTexts(), useValueTexts()];
  const profile = shown.profile as Profile;
  const stage = profile.lifecycleStage;
  return (
    <section className={css.head} aria-label={profile.name}>
      <div className={css.who}>
        <Avatar id={now.profile.id} name={profile.name} size="lg" square={of.square} />
        <div className="grow">
          <div className="row wrap" style={{ gap: '4px 10px' }}>
            <h2 className={css.name}>
              <bdi>{profile.name}</bdi>
            </h2>
            {stage && STAGES.includes(stage) && <Badge tone={TONES[stage]}>{valueOf(stage)}</Badge>}
            {profile.tags.map((tag) => (
              <Badge key={tag} tone="line">
                <bdi>{tag}</bdi>
              </Badge>
            ))}
          </div>
          <Subtitle of={of} profile={profile} account={shown.account} />
        </div>
        {moment.isPast ? (
          <span className="desk-only">
            <Badge tone="time">
              <Icon name="lock" size="s" />
              {shared('readOnly')}
            </Badge>
          </span>
        ) : (
          <CustomerActs page={page} />
        )}
      </div>
      <div className={css.essentials}>
        <Essentials page={page} />
        <NextStep page={page} />
      </div>
    </section>
  );
}

/** What they do, and where, and what time it is there; or what the company is. */
function Subtitle({ of, profile, account }: { of: Customer; profile: Profile; account: Whole['account'] }) {
  const [t, format, valueOf, nameOf] = [useCustomerTexts(), useFormat(), useValueTexts(), useDisplayNames()];
  const company = of.kind === 'contacts.account' ? profile : account;
  const facts = [
    company?.sector && valueOf(company.sector),
    of.kind === 'contacts.account' && company?.country && nameOf('region', company.country),
    company?.employees !== undefined && t('nPeople', { n: company.employees }),
  ].filter((fact): fact is string => typeof fact === 'string');
  const about = facts.map((fact, at) => (
    <span key={fact}>
      {at > 0 && ' · '}
      {fact}
    </span>
  ));
  if (of.kind === 'contacts.account') return <p className={css.sub}>{about}</p>;
  const link = profile.accountId && <RecordName kind="contacts.account" id={profile.accountId} name={account?.name} />;
  return (
    <p className={css.sub}>
      {profile.jobTitle && link ? (
        t.rich('titleAt', { title: <bdi>{profile.jobTitle}</bdi>, account: link })
      ) : (
        <>
          {profile.jobTitle && <bdi>{profile.jobTitle}</bdi>}
          {link}
        </>
      )}
      {about.length > 0 && (
        <span className="faint desk-only">
          {profile.jobTitle || link ? ' · ' : ''}
          {about}
        </span>
      )}
      {typeof profile.zone === 'string' && profile.zone !== format.zone && (
        <span className="faint">
          {' · '}
          {t('timeThere', { time: formatters(t.language, profile.zone).time(Date.now()) })}
        </span>
      )}
    </p>
  );
}

/** The figures of a customer; each opens to what it is made of. */
function Essentials({ page: { of, now, shown, moment, dealsPath } }: { page: CustomerPage }) {
  const [t, history, format, usual] = [useCustomerTexts(), useHistoryTexts(), useFormat(), useUsualCurrency()];
  const { deals } = shown;
  const today = now.deals;
  const differs = <T,>(then: T, is: T, show: (value: T) => ReactNode) => (moment.isPast && !isSame(then, is) ? show(is) : undefined);
  const talked = lastTalked(shown.activities.items);
  const talkedNow = lastTalked(now.activities.items);
  const rate = deals && winRate(deals);
  const owner = shown.profile.ownerId;
  return (
    <dl className={css.cells}>
      <Cell
        desk
        label={t('owner')}
        today={differs(owner, now.profile.ownerId, (id) => (
          <RecordName kind="workspace.user" id={id} plain />
        ))}
      >
        <OwnerName id={owner} />
      </Cell>
      {deals && today && (
        <>
          <Cell
            label={t('wonSoFar')}
            note={t('nDeals', { n: deals.won })}
            to={dealsPath('won')}
            today={differs(deals.wonValue, today.wonValue, (value) => format.sums(value, usual))}
          >
            {format.sums(deals.wonValue, usual)}
          </Cell>
          <Cell
            label={t('openNow')}
            note={t('nDeals', { n: deals.open })}
            to={dealsPath('open')}
            today={differs(deals.openValue, today.openValue, (value) => format.sums(value, usual))}
          >
            {format.sums(deals.openValue, usual)}
          </Cell>
          <Cell
            desk
            label={t('winRate')}
            note={rate === undefined ? t('noneClosed') : t('ofClosed', { won: deals.won, n: deals.won + deals.lost })}
            today={differs(rate, winRate(today), (value) => (value === undefined ? '–' : format.percent(value)))}
          >
            {rate === undefined ? '–' : format.percent(rate)}
          </Cell>
        </>
      )}
      {of.kind === 'contacts.account' && shown.people && (
        <Cell desk label={t('people')} today={differs(shown.people.length, now.people?.length ?? 0, (value) => format.number(value))}>
          {format.number(shown.people.length)}
        </Cell>
      )}
      <Cell
        label={t('lastTalked')}
        note={talked ? history(talked.kind) : undefined}
        today={differs(talked?.id, talkedNow?.id, () => (talkedNow ? format.date(talkedNow.at) : t('never')))}
      >
        {talked ? format.date(talked.at) : <span className="faint">{t('never')}</span>}
      </Cell>
    </dl>
  );
}

/** `desk`: only where there is room for it. */
function Cell({
  desk = false,
  label,
  note,
  to,
  today,
  children,
}: {
  desk?: boolean;
  label: string;
  note?: ReactNode;
  to?: string;
  today?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css.cell} data-desk={desk ? '' : undefined}>
      <dt>{label}</dt>
      <dd>
        <span className={`${css.value} ${today === undefined ? '' : css.then}`}>
          {to ? (
            <Link to={to} className="plain-link">
              {children}
            </Link>
          ) : (
            children
          )}
        </span>
        {note !== undefined && <span className={css.cellNote}>{note}</span>}
        <Today value={today} />
      </dd>
    </div>
  );
}

function OwnerName({ id }: { id: string | undefined }) {
  return (
    <span className="row" style={{ gap: 6 }}>
      {id && <OwnerFace id={id} />}
      <RecordName kind="workspace.user" id={id} plain className="ellipsis" />
    </span>
  );
}

function OwnerFace({ id }: { id: string }) {
  const name = useName('workspace.user', id);
  return <Avatar id={id} name={name ?? '?'} />;
}
