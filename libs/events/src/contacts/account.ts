import { changed, Count, Custom, defineEvent, Id, lifecycle, List, Money, Optional, Ref, Struct, Text } from '#model';
import { Addresses, Emails, Phones, Tags } from './parts.ts';

const fields = {
  name: Text,
  website: Optional(Text),
  sector: Optional(Text),
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
};

export const AccountCreated = defineEvent('contacts.account.created', fields);
export const AccountChanged = changed('contacts.account.changed', fields);
export const AccountMerged = defineEvent('contacts.account.merged', {
  absorbedId: Ref('contacts.account'),
  members: List(Ref('contacts.account')),
  chosen: Optional(List(Struct({ field: Text, memberId: Id }))),
});
export const AccountAbsorbed = defineEvent('contacts.account.absorbed', { survivorId: Ref('contacts.account') });
export const AccountUnmerged = defineEvent('contacts.account.unmerged', {
  releasedId: Ref('contacts.account'),
  members: List(Ref('contacts.account')),
});
export const AccountReleased = defineEvent('contacts.account.released', { survivorId: Ref('contacts.account') });
export const [AccountRemoved, AccountRestored, AccountErased] = lifecycle('contacts.account');
