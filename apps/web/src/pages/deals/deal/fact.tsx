import { ActionIcon, Button, Popover } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import type { Deal } from '../deal.ts';
import { historyQuery, type HistoryItem } from './deal-queries.ts';
import css from './deal.module.css';
import { valuesOf } from './field-history.ts';
import { useFieldValue } from './use-field-value.tsx';

type Props = {
  deal: Deal;
  field: string;
  label: string;
  value: ReactNode;
  /** What it is today, where that is something else. */
  today?: ReactNode;
  editor?: (how: { keep: (value: unknown) => void; drop: () => void }) => ReactNode;
  onKeep: (value: unknown) => void;
  refusal?: string;
  putsBack: boolean;
};

/** A field of a deal: its value, an editor in its place, and the values it has had. */
export function Fact({ deal, field, label, value, today, editor, onKeep, refusal, putsBack }: Props) {
  const [t, parts] = [useDealTexts(), usePartTexts()];
  const [editing, setEditing] = useState(false);
  const none = <span className="faint">{parts('none')}</span>;
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>
        {editing && editor ? (
          editor({
            keep: (next) => {
              setEditing(false);
              onKeep(next);
            },
            drop: () => setEditing(false),
          })
        ) : (
          <>
            <span className={`${css.value} ${today === undefined ? '' : css.differs}`}>{value ?? none}</span>
            <span className={css.factActs}>
              {editor && (
                <ActionIcon aria-label={t('edit', { field: label })} onClick={() => setEditing(true)}>
                  <Icon name="edit" size="s" />
                </ActionIcon>
              )}
              {field !== 'pipelineId' && <History deal={deal} field={field} label={label} onKeep={putsBack ? onKeep : undefined} />}
            </span>
          </>
        )}
        {today !== undefined && <div className="xs time">{t.rich('todayIs', { value: today })}</div>}
        {refusal && (
          <div className="xs attn" role="alert">
            {refusal}
          </div>
        )}
      </dd>
    </div>
  );
}

function History({ deal, field, label, onKeep }: { deal: Deal; field: string; label: string; onKeep?: (value: unknown) => void }) {
  const t = useDealTexts();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('overTime', { field: label })} onClick={() => setOpen(!open)}>
          <Icon name="history" size="s" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('overTime', { field: label })}>
        <h3 className="sm strong">{t('overTime', { field: label })}</h3>
        {open && (
          <Values
            deal={deal}
            field={field}
            onPutBack={
              onKeep &&
              ((value) => {
                setOpen(false);
                onKeep(value ?? null);
              })
            }
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Values({ deal, field, onPutBack }: { deal: Deal; field: string; onPutBack?: (value: unknown) => void }) {
  const [t, parts, format, valueOf] = [useDealTexts(), usePartTexts(), useFormat(), useFieldValue()];
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(historyQuery(deal.id));
  const items: HistoryItem[] | undefined = data?.pages.flatMap((page) => page.items);
  if (!items) return <Skeleton widths={[80, 60]} />;
  return (
    <>
      <ol className={css.values}>
        {valuesOf(items, field).map(({ id, at, actor, value }, place) => (
          <li key={id} data-now={place === 0 || undefined}>
            <div className="grow">
              <div className="medium">{valueOf(field, value) ?? <span className="faint">{parts('none')}</span>}</div>
              <div className="xs muted">
                {format.date(at)}
                {' · '}
                <RecordName kind="workspace.user" id={actor} plain />
              </div>
            </div>
            {place === 0 ? (
              <Badge tone="good">{t('now')}</Badge>
            ) : (
              onPutBack && (
                <Button size="xs" onClick={() => onPutBack(value)}>
                  {t('putBack')}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" className="link sm" onClick={() => void fetchNextPage()}>
          {t('older')}
        </button>
      )}
    </>
  );
}
