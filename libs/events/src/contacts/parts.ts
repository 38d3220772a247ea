import { Flag, List, OneOf, Optional, Struct, Text } from '#model';

/** What was typed is kept beside what it was standardised to, where they differ. */
export const Email = Struct({ type: OneOf('work', 'home', 'other'), address: Text, primary: Flag, typed: Optional(Text) });
export const Phone = Struct({ type: OneOf('work', 'mobile', 'home', 'fax', 'other'), number: Text, primary: Flag, typed: Optional(Text) });
export const Address = Struct({
  type: OneOf('work', 'home', 'billing', 'shipping', 'other'),
  street: Optional(Text),
  city: Optional(Text),
  region: Optional(Text),
  postalCode: Optional(Text),
  country: Optional(Text),
  primary: Flag,
  typed: Optional(Text),
});
export const Emails = List(Email);
export const Phones = List(Phone);
export const Addresses = List(Address);
export const Tags = List(Text);
