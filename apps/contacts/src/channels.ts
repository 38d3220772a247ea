import type { Static } from '#model';
import type { Addresses, Emails, Phones } from '#events/contacts/parts';
import { cleanText, country, email, phone } from '#records';
import type { AddressForm, EmailForm, PhoneForm } from './channels.commands.ts';

/** Channels as they are kept: standardised, what was typed beside it, exactly one primary where there is any. What cannot be understood is kept as typed. */
export const emailsOf = (forms: EmailForm[]): Static<typeof Emails> =>
  onePrimary(
    forms.map(({ address, type = 'work', primary = false, typed }) => ({ type, ...kept('address', email(address), typed), primary })),
  );

export const phonesOf = (forms: PhoneForm[], homeCountry?: string): Static<typeof Phones> =>
  onePrimary(
    forms.map(({ number, type = 'work', primary = false, country: of, typed }) => ({
      type,
      ...kept('number', phone(number, of ?? homeCountry), typed),
      primary,
    })),
  );

export const addressesOf = (forms: AddressForm[]): Static<typeof Addresses> =>
  onePrimary(
    forms.map(({ type = 'work', primary = false, country: named, typed, ...lines }) => {
      const found = named === undefined ? undefined : kept('country', country(named), typed);
      const clean = Object.fromEntries(Object.entries(lines).map(([name, text]) => [name, cleanText(text)]));
      return { type, ...clean, ...found, primary };
    }),
  );

/** `before`: what was typed when the value was standardised earlier. */
function kept<K extends string>(
  name: K,
  found: { value: string; typed?: string },
  before?: string,
): { [P in K]: string } & { typed?: string } {
  const typed = found.typed ?? before;
  return { [name]: found.value, ...(typed === undefined ? {} : { typed }) } as { [P in K]: string } & { typed?: string };
}

function onePrimary<C extends { primary: boolean }>(channels: C[]): C[] {
  const chosen = Math.max(
    0,
    channels.findIndex((channel) => channel.primary),
  );
  return channels.map((channel, index) => ({ ...channel, primary: index === chosen }));
}

/** The code of a country that was named in words or by its code; undefined where neither is known. */
export function isoCountry(named: string | null | undefined): string | undefined {
  const { value } = country(named ?? '');
  return /^[A-Z]{2}$/.test(value) ? value : undefined;
}
