import type { ReactNode } from 'react';
import type { Schemas } from '../../api/schema.ts';
import { daysBetween, type Money } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { useHistoryTexts } from '../../texts/history/index.ts';
import type { IconName } from '../icon.tsx';
import { RecordName } from '../record-name.tsx';
import { Changes } from './changes.tsx';
import { changesOf } from './differences.ts';
import { ACTIVITY_ICONS, lookOf, partsOf, recordOf } from './events.ts';
import css from './history.module.css';
import { useKnown } from './known.ts';

/** An event as it can be told: with its data, or in outline, as long as that is not there. */
export type Told = Pick<Schemas['OutlineEntry'], 'type' | 'record' | 'revision' | 'at' | 'actor'> &
  Partial<Pick<Schemas['HistoryItem'], 'id' | 'data' | 'erased' | 'recordedAt' | 'correlation' | 'causation'>>;

/** What happened, in a sentence; `sub` in a second one. `changes`: the first is a list of what changed. */
export type Happened = { icon: IconName; tone?: 'good' | 'attn'; what: ReactNode; sub?: ReactNode; changes?: true };

/** Tells events of every kind that can touch a customer; of others, what their names say. */
export function useHappened(): (told: Told) => Happened {
  const ofRecord = useRecordHappened();
  const ofActivity = useActivityHappened();
  const ofDeal = useDealHappened();
  const t = useHistoryTexts();
  return (told) => {
    const { kind, act } = partsOf(told.type);
    const { icon, tone } = lookOf(told.type);
    const said =
      kind === 'contacts.activity' ? ofActivity(told, act) : kind === 'sales.opportunity' ? ofDeal(told, act) : ofRecord(told, kind, act);
    if (said) return { icon, tone, ...said };
    const [service = '', ...words] = told.type.split('.');
    return { icon, tone, what: t('other', { what: words.join(' ').replaceAll('-', ' '), service }) };
  };
}

type Said = Omit<Happened, 'icon'> & { icon?: IconName };

/** Contacts and accounts: made, changed, merged and taken apart. */
function useRecordHappened() {
  const [t, known] = [useHistoryTexts(), useKnown()];
  return ({ type, record, data }: Told, kind: string, act: string): Said | undefined => {
    if (kind !== 'contacts.contact' && kind !== 'contacts.account') return undefined;
    const { id } = recordOf(record);
    const named = (what: ReactNode): ReactNode =>
      known.own(record) ? what : t.rich('named', { name: <RecordName kind={kind} id={id} className="plain-link" />, what });
    const other = (member: unknown) =>
      typeof member !== 'string' ? '…' : (known.member(member) ?? <RecordName kind={kind} id={member} className="plain-link" />);
    switch (act) {
      case 'created':
      case 'removed':
      case 'restored':
      case 'erased':
        return { what: named(t(act)) };
      case 'merged':
        return { what: named(t.rich('merged', { other: other(data?.absorbedId) })) };
      case 'unmerged':
        return { what: named(t.rich('unmerged', { other: other(data?.releasedId) })) };
      case 'absorbed':
      case 'released':
        return { what: t.rich('named', { name: other(id), what: t.rich(act, { other: other(data?.survivorId) }) }) };
      case 'changed': {
        const changes = data ? changesOf({ type, data }) : [];
        return { what: named(<Changes kind={kind} changes={changes} />), changes: true };
      }
      default:
        return undefined;
    }
  };
}

function useActivityHappened() {
  const [t, format, known] = [useHistoryTexts(), useFormat(), useKnown()];
  return ({ type, record, data }: Told, act: string): Said | undefined => {
    const activity = known.activity(recordOf(record).id);
    const kind = (data?.kind ?? activity?.kind) as keyof typeof ACTIVITY_ICONS | undefined;
    const icon = kind && ACTIVITY_ICONS[kind];
    const subject = activity?.subject ?? (data?.subject as string | undefined);
    const task = subject === undefined ? undefined : <bdi>{subject}</bdi>;
    switch (act) {
      case 'recorded': {
        const { subject: said = subject, body, dueAt } = (data ?? {}) as { subject?: string; body?: string; dueAt?: string };
        return {
          icon,
          what: t(kind ?? 'note'),
          sub: (
            <>
              <bdi>{said}</bdi>
              {dueAt && <span className="faint">{` · ${t('taskDue', { when: format.dateTime(dueAt) })}`}</span>}
              {body && <span className={css.said}>{body}</span>}
            </>
          ),
        };
      }
      case 'changed': {
        const changes = <Changes kind="contacts.activity" changes={data ? changesOf({ type, data }) : []} />;
        return { icon: 'edit', what: t.rich('named', { name: task ?? t(kind ?? 'note'), what: changes }), changes: true };
      }
      case 'completed':
        return { what: task ? t.rich('taskDone', { task }) : t('someTaskDone') };
      case 'reopened':
        return { what: task ? t.rich('taskAgain', { task }) : t('someTaskAgain') };
      case 'removed':
      case 'restored':
      case 'erased':
        return { what: t.rich('named', { name: task ?? t(kind ?? 'note'), what: t(act) }) };
      default:
        return undefined;
    }
  };
}

function useDealHappened() {
  const [t, format, known, usual] = [useHistoryTexts(), useFormat(), useKnown(), useUsualCurrency()];
  const money = (value: unknown) => (value ? format.money(value as Money, usual) : undefined);
  return ({ type, record, data }: Told, act: string): Said | undefined => {
    const { kind, id } = recordOf(record);
    const row = known.deal(id);
    const deal = <RecordName kind={kind} id={id} name={row?.name} className="plain-link" />;
    const since = (day: unknown) => (row && typeof day === 'string' ? t('afterDays', { n: daysBetween(row.openedOn, day) }) : undefined);
    const both = (...parts: (ReactNode | undefined)[]) =>
      parts.filter(Boolean).map((part, at) =>
        at === 0 ? (
          part
        ) : (
          <span key={at}>
            {` · `}
            {part}
          </span>
        ),
      );
    switch (act) {
      case 'opened':
        return {
          what: t.rich('dealOpened', { deal }),
          sub: both(money(data?.value), data?.note ? <bdi key="note">{String(data.note)}</bdi> : undefined),
        };
      case 'won':
        return { what: t.rich('dealWon', { deal }), sub: both(money(data?.value), since(data?.closedOn)) };
      case 'lost':
        return {
          what: t.rich('dealLost', { deal }),
          sub: both(data?.reason ? <bdi key="reason">{String(data.reason)}</bdi> : undefined, since(data?.closedOn)),
        };
      case 'reopened':
        return { what: t.rich('dealReopened', { deal }) };
      case 'stage-moved':
      case 'changed':
      case 'line-changed': {
        const changes = <Changes kind={kind} changes={data ? changesOf({ type, data }) : []} />;
        return { what: t.rich('named', { name: deal, what: changes }), changes: true };
      }
      case 'line-added':
      case 'line-removed': {
        const line = data as { quantity?: number; productId?: string; price?: Money } | undefined;
        return {
          what: t.rich(act === 'line-added' ? 'lineAdded' : 'lineRemoved', { deal }),
          sub: line?.productId && (
            <span>
              {t.rich('lineIs', {
                quantity: line.quantity ?? 1,
                product: <RecordName kind="sales.product" id={line.productId} plain />,
                price: money(line.price) ?? '',
              })}
            </span>
          ),
        };
      }
      case 'removed':
      case 'restored':
      case 'erased':
        return { what: t.rich('named', { name: deal, what: t(act) }) };
      default:
        return undefined;
    }
  };
}
