import type { Schemas } from '../../api/schema.ts';
import type { Account, Contact } from '../../api/kinds.ts';

export type CustomerKind = 'contacts.contact' | 'contacts.account';
export type Whole = Schemas['Contact360'] & Pick<Partial<Schemas['Account360']>, 'people' | 'subsidiaries'>;
export type Deal = Schemas['view.contacts.deal-row'];
export type Activity = Schemas['view.contacts.activity-row'];
export type Outline = Schemas['OutlineEntry'];
export type HistoryItem = Schemas['HistoryItem'];
/** A contact's or an account's card: what both have, and what one of them may. */
export type Profile = Pick<
  Contact & Account,
  'id' | 'name' | 'emails' | 'phones' | 'addresses' | 'tags' | 'createdAt' | 'changedAt' | 'members'
> &
  Partial<Contact & Account>;

/** How a customer of a kind is shown: its addresses, and its facts in groups. What a role may not see is left out. */
export type Customer = {
  kind: CustomerKind;
  resource: 'contacts' | 'accounts';
  /** Which field of a deal points to it. */
  dealRef: 'contactId' | 'accountId';
  groups: readonly { title: 'reach' | 'work' | 'company' | 'more'; fields: readonly string[] }[];
  square: boolean;
};

export const CONTACT: Customer = {
  kind: 'contacts.contact',
  resource: 'contacts',
  dealRef: 'contactId',
  square: false,
  groups: [
    { title: 'reach', fields: ['emails', 'phones', 'addresses', 'language', 'zone'] },
    { title: 'work', fields: ['jobTitle', 'accountId', 'ownerId', 'lifecycleStage'] },
    { title: 'more', fields: ['tags', 'source', 'name', 'givenName', 'familyName', 'externalId'] },
  ],
};

export const ACCOUNT: Customer = {
  kind: 'contacts.account',
  resource: 'accounts',
  dealRef: 'accountId',
  square: true,
  groups: [
    { title: 'reach', fields: ['website', 'emails', 'phones', 'addresses'] },
    { title: 'company', fields: ['sector', 'country', 'employees', 'revenue', 'foundedIn', 'parentId', 'ownerId'] },
    { title: 'more', fields: ['tags', 'source', 'name', 'externalId'] },
  ],
};

export const fieldsOf = (of: Customer): string[] => of.groups.flatMap(({ fields }) => [...fields]);
export const recordName = (of: Customer, id: string): string => `${of.kind}/${id}`;
/** A field's value, also of the tenant's own (`custom.size`). */
export const valueIn = (profile: Partial<Profile> | undefined, field: string): unknown =>
  field.startsWith('custom.')
    ? profile?.custom?.[field.slice('custom.'.length)]
    : (profile as Record<string, unknown> | undefined)?.[field];
