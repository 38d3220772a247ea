import { Fragment, type ReactNode } from 'react';
import type { Money } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { useStage } from '../use-pipelines.ts';
import css from './deal.module.css';
import type { HistoryItem } from './deal-queries.ts';
import { useFieldValue } from './use-field-value.tsx';

type Data = Record<string, unknown>;
const typeOf = ({ type }: HistoryItem) => type.slice('sales.opportunity.'.length);

/** What stands for an entry of a deal's history. */
export function markOf(item: HistoryItem): { icon: IconName; tone?: 'good' | 'attn' } {
  const icons: Record<string, IconName> = {
    opened: 'plus',
    'stage-moved': 'arrow',
    changed: 'edit',
    'line-added': 'product',
    'line-changed': 'product',
    'line-removed': 'product',
    won: 'check',
    lost: 'x',
    reopened: 'redo',
    removed: 'trash',
    restored: 'undo',
  };
  const type = typeOf(item);
  return { icon: icons[type] ?? 'edit', ...(type === 'won' ? { tone: 'good' as const } : {}) };
}

/** Whether an entry can be taken back from where it stands: a deal that was opened is removed instead. */
export const canUndo = (item: HistoryItem): boolean => typeOf(item) !== 'opened' && !item.erased;

/** An entry of a deal's history in a sentence, with what changed from what. */
export function HistorySentence({ item }: { item: HistoryItem }): ReactNode {
  const [t, format, usual, stageOf] = [useDealTexts(), useFormat(), useUsualCurrency(), useStage()];
  const [fieldOf, valueOf] = [useFieldTexts(), useFieldValue()];
  const data = item.data as Data;
  const stage = (id: unknown) => <bdi>{stageOf(String(id))?.name ?? '…'}</bdi>;
  const money = (value: unknown) => (value ? format.money(value as Money, usual) : '');
  const product = <RecordName kind="sales.product" id={data.productId as string | undefined} plain />;
  switch (typeOf(item)) {
    case 'opened':
      return <b>{t.rich('saidOpened', { stage: stage(data.stageId) })}</b>;
    case 'stage-moved':
      return <Changed label={t('saidMoved')} from={stage(data.from)} to={stage(data.to)} />;
    case 'changed':
      return Object.entries(data as Record<string, { from?: unknown; to?: unknown }>).map(([field, { from, to }]) => (
        <Changed key={field} label={fieldOf(field)} from={valueOf(field, from)} to={valueOf(field, to)} />
      ));
    case 'line-added':
      return t.rich('saidLineAdded', { n: data.quantity as number, product, price: money(data.price) });
    case 'line-removed':
      return t.rich('saidLineRemoved', { n: data.quantity as number, product });
    case 'line-changed': {
      const [from, to] = [data.from, data.to] as { quantity: number; price: Money }[];
      const said = (line: { quantity: number; price: Money } | undefined) =>
        line && t('pieces', { n: line.quantity, price: format.money(line.price, usual) });
      return <Changed label={t('saidLineChanged')} from={said(from)} to={said(to)} />;
    }
    case 'won':
      return (
        <>
          <b className="good">{t('saidWon')}</b>
          <Line>
            {data.value
              ? t('atOn', { value: money(data.value), day: format.day(String(data.closedOn)) })
              : format.day(String(data.closedOn))}
          </Line>
        </>
      );
    case 'lost':
      return (
        <>
          <b>{t('saidLost')}</b>
          <Line>
            <bdi>{String(data.reason ?? '')}</bdi>
          </Line>
        </>
      );
    case 'reopened':
      return <b>{t('saidReopened')}</b>;
    case 'removed':
      return <b>{t('saidRemoved')}</b>;
    case 'restored':
      return <b>{t('saidRestored')}</b>;
    default:
      return <bdi>{item.type}</bdi>;
  }
}

const Line = ({ children }: { children: ReactNode }) => <div className="muted">{children}</div>;

function Changed({ label, from, to }: { label: ReactNode; from: ReactNode; to: ReactNode }) {
  const t = useDealTexts();
  return (
    <div>
      {label}{' '}
      {from !== undefined && from !== null && (
        <>
          <s className={css.was}>{from}</s> <Icon name="arrow" size={13} />{' '}
        </>
      )}
      <b>{to === undefined || to === null ? <span className="faint">{t('emptied')}</span> : <Fragment>{to}</Fragment>}</b>
    </div>
  );
}
