/**
 * Fields that tell of another: who may not see the one must not see these either, or it could be worked out. By the full name of the hidden field; what
 * is told is named the same way, as fields of events, rows and states are called.
 */
export const TELLS: Readonly<Record<string, readonly string[]>> = {
  'sales.opportunity.value': [
    ...['wonValue', 'worth', 'worthMinor', 'worthAmount', 'currency', 'lines', 'price'].map((field) => `sales.opportunity.${field}`),
    ...['contacts.account', 'contacts.contact'].flatMap((kind) => [`${kind}.openValue`, `${kind}.wonValue`]),
  ],
  'contacts.contact.emails': ['contacts.contact.primaryEmail', 'contacts.contact.emailKeys', 'contacts.contact.searchable'],
  'contacts.contact.phones': ['contacts.contact.searchable'],
  'contacts.contact.name': ['contacts.contact.givenName', 'contacts.contact.familyName', 'contacts.contact.searchable'],
  'contacts.account.emails': ['contacts.account.searchable'],
  'contacts.account.name': ['contacts.account.nameKeys', 'contacts.account.searchable'],
  'contacts.account.sector': ['contacts.account.sectorTyped'],
  'contacts.account.country': ['contacts.account.countryTyped'],
};
