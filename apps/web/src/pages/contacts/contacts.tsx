import { createLazyRoute } from '@tanstack/react-router';
import { contactsContactCard } from '../../api/fields.ts';
import type { Contact } from '../../api/kinds.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { CardLines } from '../../parts/list/card-lines.tsx';
import type { EditableField } from '../../parts/list/field-dialog.tsx';
import { RecordList } from '../../parts/list/record-list.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { useContactTexts } from '../../texts/contacts/index.ts';
import { USUAL_LAYOUT, useContactColumns } from './contact-columns.tsx';
import { NewContact } from './new-contact.tsx';

export const route = createLazyRoute('/shell/contacts')({ component: Contacts });

/** The list of contacts: views, filters, columns, editing in place, many at once. */
function Contacts() {
  const [t, valueOf, columns] = [useContactTexts(), useValueTexts(), useContactColumns()];
  const stages = contactsContactCard.fields.lifecycleStage.options.map((value) => ({ value, label: valueOf(value) }));
  const bulk: EditableField[] = [
    { field: 'lifecycleStage', holds: 'choice', required: true, options: stages },
    { field: 'accountId', holds: 'record', kind: 'contacts.account' },
    { field: 'tags', holds: 'tags' },
    { field: 'jobTitle', holds: 'text' },
    { field: 'source', holds: 'text' },
  ];
  return (
    <RecordList<Contact>
      kind="contacts.contact"
      words={t}
      columns={columns}
      layout={USUAL_LAYOUT}
      bulk={bulk}
      createKey="KeyC"
      create={NewContact}
      card={(row) => (
        <CardLines
          face={<Avatar id={row.id} name={row.name} size="md" />}
          name={row.name}
          about={[
            row.jobTitle && <bdi>{row.jobTitle}</bdi>,
            row.accountId && <RecordName kind="contacts.account" id={row.accountId} plain />,
          ]}
          end={valueOf(row.lifecycleStage)}
        />
      )}
    />
  );
}
