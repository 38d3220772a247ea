import { ActionIcon, Button, Menu, Popover } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { daysBetween, dayIn } from '../../../format/format.ts';
import { shareOf } from '../../../format/exact.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useHidden, useMay } from '../../../queries/me.ts';
import { useName } from '../../../queries/names.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { CloseForm } from '../close-form.tsx';
import { DEALS, type Deal } from '../deal.ts';
import { MomentPicker } from '../moment-picker.tsx';
import { useDealActs } from '../use-deal-acts.ts';
import { useDealSearch } from '../use-deal-search.ts';
import { useStage } from '../use-pipelines.ts';
import { useLasting } from '../board/use-facts.tsx';
import css from './deal.module.css';
import { NextStep } from './next-step.tsx';
import { StagePath } from './stage-path.tsx';

const TONES = { open: 'act', won: 'good', lost: 'line' } as const;

/** What a deal is, where it stands and what it is worth; what can be done with it. `today`: as it is now, where a past moment is shown. */
export function DealHead({ deal, today, at }: { deal: Deal; today: Deal | undefined; at: string | undefined; revision?: number }) {
  const [t, parts, format, usual] = [useDealTexts(), usePartTexts(), useFormat(), useUsualCurrency()];
  const [may, hidden] = [useMay(), useHidden(DEALS)];
  const [stageOf, lasting, acts, valueOf] = [useStage(), useLasting(), useDealActs(), useValueTexts()];
  const [, change] = useDealSearch();
  const stage = stageOf(deal.stageId);
  const owner = useName('workspace.user', deal.ownerId);
  const day = at ?? dayIn(Date.now(), format.zone);
  const edits = at === undefined && !deal.removed && may('change', DEALS);
  const lasted = Math.max(0, daysBetween(deal.openedOn, deal.closedOn ?? day));
  const differs = (field: keyof Deal) => today !== undefined && JSON.stringify(today[field]) !== JSON.stringify(deal[field]);
  const money = (value: Deal['worth']) => (value ? format.money(value, usual) : t('noValue'));
  return (
    <section className={css.head} aria-label={deal.name}>
      <div className={css.title}>
        <div className="grow">
          <div className="row wrap">
            <h2>
              <bdi>{deal.name}</bdi>
            </h2>
            <Badge tone={TONES[deal.status]}>{valueOf(deal.status)}</Badge>
            {deal.removed && <Badge tone="attn">{t('inBin')}</Badge>}
          </div>
          <p className="muted sm">
            {t.rich('ofWhom', {
              account: <RecordName kind="contacts.account" id={deal.accountId} />,
              contact: <RecordName kind="contacts.contact" id={deal.contactId} />,
            })}
          </p>
        </div>
        <div className={`row wrap ${css.acts}`}>
          {edits && <Acts deal={deal} />}
          {deal.removed && at === undefined && may('remove', DEALS) && (
            <Button variant="filled" leftSection={<Icon name="undo" size="s" />} onClick={() => void acts.attempt(acts.restore(deal))}>
              {parts('restore')}
            </Button>
          )}
          <MomentPicker label={t('asOf')} day={at} onDay={(next) => change({ at: next })} />
        </div>
      </div>
      {stage ? (
        <StagePath
          deal={deal}
          stages={stage.pipeline.stages}
          day={day}
          onMove={edits ? (to) => void acts.attempt(acts.move(deal, to)) : undefined}
        />
      ) : (
        <div className={css.path} />
      )}
      <div className={css.strip}>
        {!hidden.includes('value') && (
          <>
            <Strip
              label={t(deal.status === 'won' ? 'wonAt' : 'openValue')}
              differs={differs('worth')}
              now={today && t('todayIs', { value: money(today.worth) })}
            >
              <strong className={css.big}>{money(deal.worth)}</strong>
            </Strip>
            {deal.open && deal.worth && stage && (
              <Strip label={t('weightedBy', { percent: format.percent(stage.probability, 0) })}>
                <strong className={css.big}>{format.money(shareOf(deal.worth, stage.probability), usual)}</strong>
              </Strip>
            )}
          </>
        )}
        <Strip label={t('owner')} differs={differs('ownerId')}>
          <span className="row">
            {owner && <Avatar id={deal.ownerId} name={owner} />}
            <RecordName kind="workspace.user" id={deal.ownerId} plain className="medium ellipsis" />
          </span>
        </Strip>
        <Strip label={t(deal.open ? 'openSince' : 'opened')} note={t(deal.open ? 'openFor' : 'took', { lasting: lasting(lasted) })}>
          <span className="medium">{format.day(deal.openedOn)}</span>
        </Strip>
        {deal.open ? (
          <Strip
            label={t('closesOn')}
            differs={differs('expectedCloseOn')}
            now={today && t('todayIs', { value: today.expectedCloseOn ? format.day(today.expectedCloseOn) : t('noDay') })}
          >
            <span className={`medium ${deal.expectedCloseOn && deal.expectedCloseOn < day ? 'attn' : ''}`}>
              {deal.expectedCloseOn ? format.day(deal.expectedCloseOn) : <span className="faint">{t('noDay')}</span>}
            </span>
          </Strip>
        ) : (
          <Strip label={t(deal.status === 'won' ? 'wonOn' : 'lostOn')} note={deal.reason && <bdi>{deal.reason}</bdi>}>
            <span className="medium">{deal.closedOn && format.day(deal.closedOn)}</span>
          </Strip>
        )}
        {today && today.status !== deal.status && (
          <Strip label={t('sinceThen')}>
            <span className="time medium">
              {today.status === 'won'
                ? t('becameWon', { day: format.day(today.closedOn!), value: money(today.worth) })
                : today.status === 'lost'
                  ? t('becameLost', { day: format.day(today.closedOn!) })
                  : valueOf('open')}
            </span>
          </Strip>
        )}
        {at === undefined && may('read', 'contacts.activity') && <NextStep deal={deal} />}
      </div>
    </section>
  );
}

/** A value of the head with its name. Where it is another one today, that is said below. */
function Strip({
  label,
  note,
  now,
  differs = false,
  children,
}: {
  label: string;
  note?: ReactNode;
  now?: ReactNode;
  differs?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css.stripItem}>
      <span className="xs muted">{label}</span>
      <span className={differs ? css.differs : undefined}>{children}</span>
      {differs && now ? <span className="xs time">{now}</span> : note && <span className="xs muted ellipsis">{note}</span>}
    </div>
  );
}

function Acts({ deal }: { deal: Deal }) {
  const [t, parts, may, acts] = [useDealTexts(), usePartTexts(), useMay(), useDealActs()];
  const navigate = useNavigate();
  return (
    <>
      {deal.open ? (
        <>
          <Closer deal={deal} status="won" />
          <Closer deal={deal} status="lost" />
        </>
      ) : (
        <Button leftSection={<Icon name="redo" />} onClick={() => void acts.attempt(acts.reopen(deal))}>
          {t('reopenDo')}
        </Button>
      )}
      {may('remove', DEALS) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('moreActs')}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<Icon name="trash" size="s" />}
              onClick={() => void acts.attempt(acts.remove(deal)).then((gone) => (gone ? navigate({ to: '/deals/board' }) : undefined))}
            >
              {parts('remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function Closer({ deal, status }: { deal: Deal; status: 'won' | 'lost' }) {
  const t = useDealTexts();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button
          variant={status === 'won' ? 'filled' : 'default'}
          leftSection={<Icon name={status === 'won' ? 'check' : 'x'} />}
          onClick={() => setOpen(!open)}
        >
          {t(status === 'won' ? 'winDo' : 'loseDo')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t(status === 'won' ? 'winForm' : 'loseForm', { name: deal.name })}>
        <CloseForm deal={deal} status={status} onDone={close} onCancel={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
