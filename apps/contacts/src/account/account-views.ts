import { by, Count, Custom, Id, Instant, List, Money, on, Optional, projection, Ref, start, Suggested, summary, Text } from '#model';
import { AccountAbsorbed, AccountChanged, AccountCreated, AccountMerged, AccountReleased, AccountUnmerged } from '#events/contacts/account';
import { nameKey } from '#records';
import { Addresses, Emails, Phones, Tags } from '#events/contacts/parts';
import { chosenValues, Choices, merged, unmerged } from '../choices.ts';
import { SECTORS } from './sectors.ts';

const shown = {
  id: Id,
  name: Text,
  website: Optional(Text),
  sector: Optional(Suggested(SECTORS)),
  sectorTyped: Optional(Text),
  country: Optional(Text),
  countryTyped: Optional(Text),
  revenue: Optional(Money),
  employees: Optional(Count),
  foundedIn: Optional(Count),
  emails: Emails,
  phones: Phones,
  addresses: Addresses,
  parentId: Optional(Ref('contacts.account')),
  ownerId: Optional(Ref('workspace.user')),
  tags: Tags,
  source: Optional(Text),
  externalId: Optional(Text),
  custom: Optional(Custom),
  createdAt: Instant,
  changedAt: Instant,
};

/** One account as it stands in its own stream. */
export const accountRow = projection(
  'contacts.account-row',
  {
    ...shown,
    members: List(Ref('contacts.account')),
    mergedInto: Optional(Ref('contacts.account')),
    chosen: Optional(Choices),
  },
  { version: 2, access: 'owner', indexes: [['parentId'], ['name'], ['externalId']] },
  start(AccountCreated, (e) => ({ ...e.data, id: e.recordId, members: [], createdAt: e.at, changedAt: e.at })),
  on(AccountChanged, (row, e) => ({ ...AccountChanged.apply(row, e), changedAt: e.at })),
  on(AccountMerged, (row, e) => ({ ...merged(row, e.data), changedAt: e.at })),
  on(AccountUnmerged, (row, e) => ({ ...unmerged(row, e.data), changedAt: e.at })),
  on(AccountAbsorbed, (row, e) => ({ ...row, mergedInto: e.data.survivorId, changedAt: e.at })),
  on(AccountReleased, ({ mergedInto: _, ...row }, e) => ({ ...row, changedAt: e.at })),
);

/** A company as lists and search show one: the root's values, those chosen from its members, everybody's words. */
export const accountCard = summary(
  'contacts.account-card',
  { ...shown, id: Ref('contacts.account'), members: List(Ref('contacts.account')), searchable: List(Text), nameKeys: List(Text) },
  {
    version: 2,
    access: 'owner',
    indexes: [
      ['name'],
      ['ownerId', 'name'],
      ['sector', 'name'],
      ['country', 'name'],
      ['parentId', 'name'],
      ['employees'],
      ['createdAt'],
      ['changedAt'],
      ['tags'],
      ['externalId'],
      ['nameKeys'],
    ],
    inner: ['searchable', 'nameKeys'],
    words: ['name', 'website', 'sector', 'emails', 'phones', 'tags', 'searchable'],
    from: { accounts: by(accountRow, 'id') },
  },
  (id, { accounts }) => {
    const root = accounts.find((row) => row.id === id) ?? accounts[0]!;
    const others = accounts.filter((row) => row !== root).sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      ...root,
      ...chosenValues(root, accounts, shown),
      id,
      members: root.members,
      searchable: others.flatMap((row) => [row.name, ...row.emails.map((one) => one.address)]),
      nameKeys: [...new Set([root, ...others].map((row) => nameKey(row.name)))],
    };
  },
);
