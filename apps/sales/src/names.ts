import { Id, List, on, Optional, projection, Ref, start, Text } from '#model';
import { AccountChanged, AccountCreated } from '#events/contacts/account';
import { nameKey } from '#records';
import { userNames } from '#service';

/** Who may own a deal, as files name them. */
export const userName = userNames('sales');

/** Companies as files of deals name them. */
export const accountName = projection(
  'sales.account-name',
  { id: Id, name: Text, externalId: Optional(Text), ownerId: Optional(Ref('workspace.user')), keys: List(Text) },
  { version: 1, access: 'owner', indexes: [['keys']] },
  start(AccountCreated, (e) => ({ ...e.data, id: e.recordId, keys: keysOf(e.data) })),
  on(AccountChanged, (row, e) => {
    const changed = AccountChanged.apply(row, e);
    return { ...changed, keys: keysOf(changed) };
  }),
);

const keysOf = ({ name, externalId }: { name: string; externalId?: string }) => [
  ...new Set([nameKey(name), ...(externalId ? [nameKey(externalId)] : [])]),
];
