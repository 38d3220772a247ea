import type { Static } from '#model';
import type { Addresses, Emails, Phones } from '#events/contacts/parts';
import { cleanText, country, email, phone } from '#records';
import type { AddressForm, EmailForm, PhoneForm } from './channels.commands.ts';

/** Channels as they are kept: standardised, what was typed beside it, exactly one primary where there is any. What cannot be understood is kept as typed. */
export const emailsOf = (forms: EmailForm[]): Static<typeof Emails> =>
  onePrimary(forms.map(({ address, type = 'work', primary = false }) => ({ type, ...kept('address', email(address)), primary })));

export const phonesOf = (forms: PhoneForm[], homeCountry?: string): Static<typeof Phones> =>
  onePrimary(
    forms.map(({ number, type = 'work', primary = false, country: of }) => ({
      type,
      ...kept('number', phone(number, of ?? homeCountry)),
      primary,
    })),
  );

export const addressesOf = (forms: AddressForm[]): Static<typeof Addresses> =>
  onePrimary(
    forms.map(({ type = 'work', primary = false, country: typed, ...lines }) => {
      const found = typed === undefined ? undefined : country(typed);
      const clean = Object.fromEntries(Object.entries(lines).map(([name, text]) => [name, cleanText(text)]));
      return { type, ...clean, ...(found ? { country: found.value, ...(found.typed ? { typed: found.typed } : {}) } : {}), primary };
    }),
  );

function kept<K extends string>(name: K, { value, typed }: { value: string; typed?: string }): { [P in K]: string } & { typed?: string } {
  return { [name]: value, ...(typed === undefined ? {} : { typed }) } as { [P in K]: string } & { typed?: string };
}

function onePrimary<C extends { primary: boolean }>(channels: C[]): C[] {
  const chosen = Math.max(
    0,
    channels.findIndex((channel) => channel.primary),
  );
  return channels.map((channel, index) => ({ ...channel, primary: index === chosen }));
}
