import { useMemo } from 'react';
import type { View } from '../../api/field-kinds.ts';
import { contactsAccountCard } from '../../api/fields.ts';
import type { Account } from '../../api/kinds.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { CellCode, CellNumber, CellRecord, CellTags, CellText } from '../../parts/fields/cell-editors.tsx';
import { COUNTRIES, SECTORS } from '../../parts/fields/codes.ts';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { FieldValue, useDisplayNames } from '../../parts/history/field-value.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import type { CellEditor, Column, Layout } from '../../parts/table/columns.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { usePartTexts } from '../../texts/parts/index.ts';

const KIND = 'contacts.account';
const FIELDS: View['fields'] = contactsAccountCard.fields;

export const USUAL_LAYOUT: Layout = ['sector', 'country', 'ownerId', 'employees', 'revenue', 'tags', 'changedAt'].map((field) => ({
  field,
}));

const WIDTHS: Record<string, number> = {
  website: 180,
  phones: 160,
  tags: 190,
  source: 140,
  externalId: 140,
  revenue: 150,
  employees: 110,
  foundedIn: 100,
};
const NUMBERS = new Set(['employees', 'revenue', 'foundedIn']);

/** What lists of accounts can show; what the role may change is edited in its place. */
export function useAccountColumns(): readonly Column<Account>[] {
  const [t, format, usual] = [usePartTexts(), useFormat(), useUsualCurrency()];
  const [fieldOf, valueOf, nameOf] = [useFieldTexts(), useValueTexts(), useDisplayNames()];
  const [may, hidden] = [useMay(), useHidden(KIND)];
  const changes = may('change', KIND);
  return useMemo(() => {
    const column = (field: keyof Account & string, edit?: CellEditor<Account>): Column<Account> => ({
      field,
      header: fieldOf(field),
      width: WIDTHS[field] ?? 130,
      end: NUMBERS.has(field),
      sortable: FIELDS[field]?.filter === true,
      cell: (row) => (
        <span className="muted ellipsis">
          <FieldValue kind={KIND} field={field} value={row[field]} plain />
        </span>
      ),
      edit: changes ? edit : undefined,
    });
    const text = (field: 'website' | 'source' | 'externalId') =>
      column(field, ({ row, ...how }) => <CellText label={fieldOf(field)} value={row[field]} {...how} />);
    const number = (field: 'employees' | 'foundedIn') =>
      column(field, ({ row, ...how }) => <CellNumber label={fieldOf(field)} value={row[field]} grouped={field === 'employees'} {...how} />);
    const record = (field: 'ownerId' | 'parentId', kind: 'workspace.user' | 'contacts.account') => ({
      ...column(field, ({ row, ...how }) => <CellRecord label={fieldOf(field)} kind={kind} value={row[field]} clearable {...how} />),
      width: 150,
    });
    const time = (field: 'createdAt' | 'changedAt'): Column<Account> => ({
      ...column(field),
      cell: (row) => (
        <time className="muted" dateTime={row[field]} title={format.moment(row[field])}>
          {format.date(row[field])}
        </time>
      ),
    });
    const all: Column<Account>[] = [
      {
        field: 'name',
        header: fieldOf('name'),
        width: 240,
        fixed: true,
        sortable: true,
        cell: (row) => (
          <span className="row">
            <Avatar id={row.id} name={row.name} square />
            <RecordName kind={KIND} id={row.id} name={row.name} className="medium ellipsis plain-link" />
          </span>
        ),
      },
      column('sector', ({ row, ...how }) => (
        <CellCode label={fieldOf('sector')} value={row.sector} codes={SECTORS} nameOf={valueOf} {...how} />
      )),
      column('country', ({ row, ...how }) => (
        <CellCode label={fieldOf('country')} value={row.country} codes={COUNTRIES} nameOf={(code) => nameOf('region', code)} {...how} />
      )),
      record('ownerId', 'workspace.user'),
      number('employees'),
      column('revenue'),
      number('foundedIn'),
      record('parentId', KIND),
      text('website'),
      column('phones'),
      column('tags', ({ row, ...how }) => <CellTags label={fieldOf('tags')} value={row.tags} {...how} />),
      text('source'),
      text('externalId'),
      time('createdAt'),
      time('changedAt'),
    ];
    return all.filter(({ field }) => !hidden.includes(field));
    // oxlint-disable-next-line react/exhaustive-deps -- words and formats are made anew with the language, which makes the texts anew
  }, [t, format, usual, changes, hidden]);
}
