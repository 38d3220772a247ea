import { changed, Custom, defineEvent, Id, lifecycle, List, OneOf, Optional, personal, Ref, Struct, Text } from '#model';
import { Addresses, Emails, Phones, Tags } from './parts.ts';

export const LIFECYCLE_STAGES = ['subscriber', 'lead', 'qualified', 'opportunity', 'customer', 'evangelist', 'former', 'other'] as const;
export const Stage = OneOf(...LIFECYCLE_STAGES);

const fields = {
  name: personal(Text),
  givenName: Optional(personal(Text)),
  familyName: Optional(personal(Text)),
  emails: personal(Emails),
  phones: personal(Phones),
  addresses: personal(Addresses),
  jobTitle: Optional(personal(Text)),
  language: Optional(personal(Text)),
  zone: Optional(personal(Text)),
  accountId: Optional(Ref('contacts.account')),
  ownerId: Ref('workspace.user'),
  tags: Tags,
  source: Optional(Text),
  lifecycleStage: Stage,
  externalId: Optional(Text),
  custom: Optional(personal(Custom)),
};

export const ContactCreated = defineEvent('contacts.contact.created', fields);
export const ContactChanged = changed('contacts.contact.changed', fields);
export const ContactMerged = defineEvent('contacts.contact.merged', {
  absorbedId: Ref('contacts.contact'),
  members: List(Ref('contacts.contact')),
  chosen: Optional(List(Struct({ field: Text, memberId: Id }))),
});
export const ContactAbsorbed = defineEvent('contacts.contact.absorbed', { survivorId: Ref('contacts.contact') });
export const ContactUnmerged = defineEvent('contacts.contact.unmerged', {
  releasedId: Ref('contacts.contact'),
  members: List(Ref('contacts.contact')),
});
export const ContactReleased = defineEvent('contacts.contact.released', { survivorId: Ref('contacts.contact') });
export const [ContactRemoved, ContactRestored, ContactErased] = lifecycle('contacts.contact');
