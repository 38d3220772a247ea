import { by, Custom, Id, Instant, List, on, Optional, personal, projection, Ref, start, summary, Text } from '#model';
import {
  ContactAbsorbed,
  ContactChanged,
  ContactCreated,
  ContactMerged,
  ContactReleased,
  ContactUnmerged,
  Stage,
} from '#events/contacts/contact';
import { Addresses, Emails, Phones, Tags } from '#events/contacts/parts';
import { chosenValues, Choices, merged, unmerged } from '../choices.ts';

const shown = {
  id: Id,
  name: Text,
  givenName: Optional(Text),
  familyName: Optional(Text),
  emails: Emails,
  phones: Phones,
  addresses: Addresses,
  jobTitle: Optional(Text),
  language: Optional(Text),
  zone: Optional(Text),
  accountId: Optional(Ref('contacts.account')),
  ownerId: Ref('workspace.user'),
  tags: Tags,
  source: Optional(Text),
  lifecycleStage: Stage,
  externalId: Optional(Text),
  custom: Optional(Custom),
  createdAt: Instant,
  changedAt: Instant,
};

/** One contact as it stands in its own stream; what the card of a merged one is made of. */
export const contactRow = projection(
  'contacts.contact-row',
  { ...shown, members: List(Ref('contacts.contact')), mergedInto: Optional(Ref('contacts.contact')), chosen: Optional(Choices) },
  { version: 2, access: 'owner', indexes: [['externalId'], ['accountId']] },
  start(ContactCreated, (e) => ({ ...e.data, id: e.recordId, members: [], createdAt: e.at, changedAt: e.at })),
  on(ContactChanged, (row, e) => ({ ...ContactChanged.apply(row, e), changedAt: e.at })),
  on(ContactMerged, (row, e) => ({ ...merged(row, e.data), changedAt: e.at })),
  on(ContactUnmerged, (row, e) => ({ ...unmerged(row, e.data), changedAt: e.at })),
  on(ContactAbsorbed, (row, e) => ({ ...row, mergedInto: e.data.survivorId, changedAt: e.at })),
  on(ContactReleased, ({ mergedInto: _, ...row }, e) => ({ ...row, changedAt: e.at })),
);

/** A customer as lists and search show one: the root's values, those chosen from its members, everybody's words and channels. */
export const contactCard = summary(
  'contacts.contact-card',
  {
    ...shown,
    id: Ref('contacts.contact'),
    members: List(Ref('contacts.contact')),
    searchable: List(personal(Text)),
    emailKeys: List(Text),
    primaryEmail: Optional(Text),
  },
  {
    version: 2,
    access: 'owner',
    indexes: [
      ['name'],
      ['ownerId', 'name'],
      ['lifecycleStage', 'name'],
      ['ownerId', 'lifecycleStage', 'name'],
      ['accountId', 'name'],
      ['createdAt'],
      ['changedAt'],
      ['tags'],
      ['source'],
      ['externalId'],
      ['emailKeys'],
      ['primaryEmail'],
    ],
    inner: ['searchable', 'emailKeys'],
    words: ['name', 'jobTitle', 'emails', 'phones', 'tags', 'searchable'],
    from: { contacts: by(contactRow, 'id') },
  },
  (id, { contacts }) => {
    const root = contacts.find((row) => row.id === id) ?? contacts[0]!;
    const others = contacts.filter((row) => row !== root).sort((a, b) => (a.id < b.id ? -1 : 1));
    const emails = [root, ...others].flatMap((row, index) => row.emails.map((one) => ({ ...one, primary: one.primary && index === 0 })));
    return {
      ...root,
      ...chosenValues(root, contacts, shown),
      id,
      members: root.members,
      searchable: others.flatMap((row) => [row.name, ...row.emails.map((one) => one.address), ...row.phones.map((one) => one.number)]),
      emailKeys: [...new Set(emails.map((one) => one.address.toLowerCase()))],
      primaryEmail: emails.find((one) => one.primary)?.address,
    };
  },
);
