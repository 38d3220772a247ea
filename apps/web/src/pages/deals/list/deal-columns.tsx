import { useMemo } from 'react';
import { daysBetween, dayIn } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Badge } from '../../../parts/badge.tsx';
import { CellChoice, CellDay, CellMoney, CellRecord, CellText } from '../../../parts/fields/cell-editors.tsx';
import { useFieldTexts, useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import type { Column, Layout } from '../../../parts/table/columns.ts';
import { useHidden, useMay } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useLasting } from '../board/use-facts.tsx';
import { DEALS, type Deal } from '../deal.ts';
import { STALLED_AFTER } from '../stalled.ts';
import { useStage } from '../use-pipelines.ts';

export const USUAL_LAYOUT: Layout = ['accountId', 'stageId', 'worthAmount', 'ownerId', 'stageSince', 'expectedCloseOn', 'changedAt'].map(
  (field) => ({ field }),
);
/** Of views of what is closed. */
export const CLOSED_LAYOUT: Layout = ['accountId', 'status', 'worthAmount', 'ownerId', 'closedOn', 'reason', 'openedOn'].map((field) => ({
  field,
}));

const STATUS_TONES = { open: 'act', won: 'good', lost: 'line' } as const;

/** What lists of deals can show; what the role may change is edited in its place. */
export function useDealColumns(): readonly Column<Deal>[] {
  const [t, format, usual] = [usePartTexts(), useFormat(), useUsualCurrency()];
  const deals = useDealTexts();
  const [fieldOf, valueOf, stageOf, lasting] = [useFieldTexts(), useValueTexts(), useStage(), useLasting()];
  const [may, hidden] = [useMay(), useHidden(DEALS)];
  const changes = may('change', DEALS);
  return useMemo(() => {
    const none = <span className="faint">{t('none')}</span>;
    const ref = (
      field: 'accountId' | 'contactId' | 'ownerId',
      kind: 'contacts.account' | 'contacts.contact' | 'workspace.user',
    ): Column<Deal> => ({
      field,
      header: fieldOf(field),
      width: 150,
      sortable: true,
      cell: (row) => (
        <RecordName
          kind={kind}
          id={row[field]}
          plain={field === 'ownerId'}
          className={`ellipsis ${field === 'ownerId' ? 'muted' : 'plain-link'}`}
        />
      ),
      edit: changes
        ? ({ row, ...how }) => <CellRecord label={fieldOf(field)} kind={kind} value={row[field]} clearable={field !== 'ownerId'} {...how} />
        : undefined,
    });
    const day = (field: 'openedOn' | 'closedOn' | 'expectedCloseOn', late = false): Column<Deal> => ({
      field,
      header: fieldOf(field),
      width: 130,
      sortable: true,
      cell: (row) => {
        const value = row[field];
        if (!value) return none;
        const isLate = late && row.open && value < dayIn(Date.now(), format.zone);
        return <span className={isLate ? 'attn medium' : 'muted'}>{format.day(value)}</span>;
      },
    });
    const text = (field: 'reason' | 'source' | 'externalId', edits: boolean): Column<Deal> => ({
      field,
      header: fieldOf(field),
      width: 150,
      sortable: field === 'externalId',
      cell: (row) => (row[field] ? <bdi className="muted ellipsis">{row[field]}</bdi> : none),
      edit: changes && edits ? ({ row, ...how }) => <CellText label={fieldOf(field)} value={row[field]} {...how} /> : undefined,
    });
    const moment = (field: 'createdAt' | 'changedAt'): Column<Deal> => ({
      field,
      header: fieldOf(field),
      width: 120,
      sortable: true,
      cell: (row) => (
        <time className="muted" dateTime={row[field]} title={format.moment(row[field])}>
          {format.date(row[field])}
        </time>
      ),
    });
    const all: Column<Deal>[] = [
      {
        field: 'name',
        header: fieldOf('name'),
        width: 250,
        fixed: true,
        sortable: true,
        cell: (row) => <RecordName kind={DEALS} id={row.id} name={row.name} className="medium ellipsis plain-link" />,
        edit: changes ? ({ row, ...how }) => <CellText label={fieldOf('name')} value={row.name} {...how} /> : undefined,
      },
      ref('accountId', 'contacts.account'),
      ref('contactId', 'contacts.contact'),
      {
        field: 'stageId',
        header: fieldOf('stageId'),
        width: 140,
        sortable: true,
        cell: (row) =>
          row.open ? (
            <Badge tone="act">{stageOf(row.stageId)?.name ?? t('loading')}</Badge>
          ) : (
            <span className="faint">{stageOf(row.stageId)?.name}</span>
          ),
        edit: changes
          ? ({ row, ...how }) => (
              <CellChoice
                label={fieldOf('stageId')}
                value={row.stageId}
                options={(stageOf(row.stageId)?.pipeline.stages ?? [])
                  .filter(({ retired }) => !retired)
                  .map(({ stageId, name }) => ({ value: stageId, label: name }))}
                {...how}
              />
            )
          : undefined,
      },
      {
        field: 'status',
        header: fieldOf('status'),
        width: 100,
        sortable: true,
        cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{valueOf(row.status)}</Badge>,
      },
      {
        field: 'worthAmount',
        header: fieldOf('worth'),
        width: 120,
        end: true,
        sortable: true,
        cell: (row) => (row.worth ? <span className={row.status === 'lost' ? 'faint' : ''}>{format.money(row.worth, usual)}</span> : none),
        edit: changes
          ? ({ row, keep, drop }) => (
              <CellMoney label={fieldOf('value')} value={row.value} usual={row.worth?.currency ?? usual ?? 'USD'} keep={keep} drop={drop} />
            )
          : undefined,
      },
      ref('ownerId', 'workspace.user'),
      {
        field: 'stageSince',
        header: deals('inStageFor'),
        width: 120,
        sortable: true,
        end: true,
        cell: (row) => {
          if (!row.open) return none;
          const days = Math.max(0, daysBetween(dayIn(row.stageSince, format.zone), dayIn(Date.now(), format.zone)));
          return (
            <span className={days > STALLED_AFTER ? 'attn medium' : 'muted'} title={format.moment(row.stageSince)}>
              {lasting(days)}
            </span>
          );
        },
      },
      {
        ...day('expectedCloseOn', true),
        edit: changes
          ? ({ row, ...how }) => <CellDay label={fieldOf('expectedCloseOn')} value={row.expectedCloseOn} {...how} />
          : undefined,
      },
      day('openedOn'),
      day('closedOn'),
      text('reason', false),
      text('source', true),
      text('externalId', true),
      moment('createdAt'),
      moment('changedAt'),
    ];
    const tells: Record<string, string> = { worthAmount: 'value' };
    return all.filter(({ field }) => !hidden.includes(tells[field] ?? field));
  }, [t, format, usual, fieldOf, valueOf, stageOf, lasting, deals, changes, hidden]);
}
