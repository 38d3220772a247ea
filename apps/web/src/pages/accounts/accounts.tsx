import { createLazyRoute } from '@tanstack/react-router';
import type { Account } from '../../api/kinds.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { COUNTRIES, SECTORS } from '../../parts/fields/codes.ts';
import { useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { useDisplayNames } from '../../parts/history/field-value.tsx';
import { CardLines } from '../../parts/list/card-lines.tsx';
import type { EditableField } from '../../parts/list/field-dialog.tsx';
import { RecordList } from '../../parts/list/record-list.tsx';
import { useFormat } from '../../format/use-format.ts';
import { useAccountTexts } from '../../texts/accounts/index.ts';
import { USUAL_LAYOUT, useAccountColumns } from './account-columns.tsx';
import { NewAccount } from './new-account.tsx';

export const route = createLazyRoute('/shell/accounts')({ component: Accounts });

/** The list of companies: views, filters, columns, editing in place, many at once. */
function Accounts() {
  const [t, valueOf, nameOf, format, columns] = [useAccountTexts(), useValueTexts(), useDisplayNames(), useFormat(), useAccountColumns()];
  const country = (code: string) => nameOf('region', code);
  const bulk: EditableField[] = [
    { field: 'sector', holds: 'choice', options: SECTORS.map((value) => ({ value, label: valueOf(value) })) },
    { field: 'country', holds: 'choice', options: COUNTRIES.map((value) => ({ value, label: country(value) })) },
    { field: 'parentId', holds: 'record', kind: 'contacts.account' },
    { field: 'tags', holds: 'tags' },
    { field: 'source', holds: 'text' },
  ];
  return (
    <RecordList<Account>
      kind="contacts.account"
      words={t}
      columns={columns}
      layout={USUAL_LAYOUT}
      bulk={bulk}
      create={NewAccount}
      card={(row) => (
        <CardLines
          face={<Avatar id={row.id} name={row.name} size="md" square />}
          name={row.name}
          about={[row.sector && valueOf(row.sector), row.country && country(row.country)]}
          end={row.employees === undefined ? undefined : format.number(row.employees)}
        />
      )}
    />
  );
}
