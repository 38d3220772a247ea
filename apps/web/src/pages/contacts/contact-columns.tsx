import { useMemo } from 'react';
import type { Contact } from '../../api/kinds.ts';
import { contactsContactCard } from '../../api/fields.ts';
import { useFormat } from '../../format/use-format.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { CellChoice, CellRecord, CellTags, CellText } from '../../parts/fields/cell-editors.tsx';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import type { Column, Layout } from '../../parts/table/columns.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { usePartTexts } from '../../texts/parts/index.ts';

const STAGE_TONES: Partial<Record<Contact['lifecycleStage'], Tone>> = {
  customer: 'good',
  opportunity: 'act',
  qualified: 'act',
  former: 'line',
};
const STAGES = contactsContactCard.fields.lifecycleStage.options;

export const USUAL_LAYOUT: Layout = ['jobTitle', 'accountId', 'ownerId', 'lifecycleStage', 'primaryEmail', 'tags', 'changedAt'].map(
  (field) => ({ field }),
);

const none = (text: string) => <span className="faint">{text}</span>;

/** What lists of contacts can show; what the role may change is edited in its place. */
export function useContactColumns(): readonly Column<Contact>[] {
  const [t, format] = [usePartTexts(), useFormat()];
  const [fieldOf, valueOf] = [useFieldTexts(), useValueTexts()];
  const [may, hidden] = [useMay(), useHidden('contacts.contact')];
  const changes = may('change', 'contacts.contact');
  return useMemo(() => {
    const text = (field: 'jobTitle' | 'source' | 'externalId' | 'language', width: number): Column<Contact> => ({
      field,
      header: fieldOf(field),
      width,
      sortable: field === 'source' || field === 'externalId',
      cell: (row) => (row[field] ? <bdi className="muted ellipsis">{row[field]}</bdi> : none(t('none'))),
      edit: changes ? ({ row, ...how }) => <CellText label={fieldOf(field)} value={row[field]} {...how} /> : undefined,
    });
    const all: Column<Contact>[] = [
      {
        field: 'name',
        header: fieldOf('name'),
        width: 200,
        fixed: true,
        sortable: true,
        cell: (row) => (
          <span className="row">
            <Avatar id={row.id} name={row.name} />
            <RecordName kind="contacts.contact" id={row.id} name={row.name} className="medium ellipsis plain-link" />
          </span>
        ),
      },
      text('jobTitle', 160),
      {
        field: 'accountId',
        header: fieldOf('accountId'),
        width: 140,
        sortable: true,
        cell: (row) => <RecordName kind="contacts.account" id={row.accountId} className="ellipsis plain-link" />,
        edit: changes
          ? ({ row, ...how }) => (
              <CellRecord label={fieldOf('accountId')} kind="contacts.account" value={row.accountId} clearable {...how} />
            )
          : undefined,
      },
      {
        field: 'ownerId',
        header: fieldOf('ownerId'),
        width: 150,
        sortable: true,
        cell: (row) => <RecordName kind="workspace.user" id={row.ownerId} className="muted ellipsis" plain />,
        edit: changes
          ? ({ row, ...how }) => <CellRecord label={fieldOf('ownerId')} kind="workspace.user" value={row.ownerId} {...how} />
          : undefined,
      },
      {
        field: 'lifecycleStage',
        header: fieldOf('lifecycleStage'),
        width: 124,
        sortable: true,
        cell: (row) => <Badge tone={STAGE_TONES[row.lifecycleStage]}>{valueOf(row.lifecycleStage)}</Badge>,
        edit: changes
          ? ({ row, ...how }) => (
              <CellChoice
                label={fieldOf('lifecycleStage')}
                value={row.lifecycleStage}
                options={STAGES.map((value) => ({ value, label: valueOf(value) }))}
                {...how}
              />
            )
          : undefined,
      },
      {
        field: 'primaryEmail',
        header: fieldOf('primaryEmail'),
        width: 220,
        sortable: true,
        cell: (row) => (row.primaryEmail ? <bdi className="muted ellipsis">{row.primaryEmail}</bdi> : none(t('none'))),
      },
      {
        field: 'phones',
        header: fieldOf('phones'),
        width: 160,
        cell: (row) => (row.phones[0] ? <bdi dir="ltr">{row.phones[0].number}</bdi> : none(t('none'))),
      },
      {
        field: 'tags',
        header: fieldOf('tags'),
        width: 170,
        cell: (row) =>
          row.tags.length === 0 ? (
            none(t('none'))
          ) : (
            <span className="row fade-end" title={format.list(row.tags)}>
              {row.tags.map((tag) => (
                <Badge key={tag} tone="line">
                  <bdi>{tag}</bdi>
                </Badge>
              ))}
            </span>
          ),
        edit: changes ? ({ row, ...how }) => <CellTags label={fieldOf('tags')} value={row.tags} {...how} /> : undefined,
      },
      text('source', 140),
      text('externalId', 140),
      text('language', 100),
      ...(['createdAt', 'changedAt'] as const).map((field): Column<Contact> => ({
        field,
        header: fieldOf(field),
        width: 120,
        sortable: true,
        cell: (row) => (
          <time className="muted" dateTime={row[field]} title={format.moment(row[field])}>
            {format.date(row[field])}
          </time>
        ),
      })),
    ];
    return all.filter(({ field }) => !hidden.includes(field));
  }, [t, format, fieldOf, valueOf, changes, hidden]);
}
