import { email, emailKey, phone } from '#records';

type Email = { address: string; type?: string; primary?: boolean };
type Phone = { number: string; type?: string; primary?: boolean };
type Address = { type?: string; primary?: boolean; [line: string]: string | boolean | undefined };

/** What a file says of channels, beside what there is: new ones are added, none is taken away. Undefined when there is nothing to add. */
export function withEmails(was: readonly Email[] | undefined, typed: (string | undefined)[]): Email[] | undefined {
  const known = new Set(was?.map(({ address }) => emailKey(address)));
  const added = typed.filter((one): one is string => one !== undefined && !known.has(emailKey(email(one).value)));
  return added.length === 0 ? undefined : [...(was ?? []), ...added.map((address) => ({ address }))];
}

/** `country`: whose numbers need no prefix. */
export function withPhones(
  was: readonly Phone[] | undefined,
  typed: { number: string | undefined; type: string }[],
  country?: string,
): Phone[] | undefined {
  const known = new Set(was?.map(({ number }) => number));
  const added = typed.flatMap(({ number, type }) => {
    if (number === undefined || known.has(phone(number, country).value)) return [];
    return [{ number, type, ...(country ? { country } : {}) }];
  });
  return added.length === 0 ? undefined : [...(was ?? []), ...added];
}

const LINES = ['street', 'city', 'region', 'postalCode', 'country'];

/** The address a file gives in its columns, unless there is one in the same street of the same town. */
export function withAddress(was: readonly Address[] | undefined, typed: Record<string, string | undefined>): Address[] | undefined {
  const given = Object.fromEntries(LINES.flatMap((line) => (typed[line] === undefined ? [] : [[line, typed[line]]])));
  if (Object.keys(given).length === 0) return undefined;
  const same = was?.some((address) => ['street', 'city', 'postalCode'].every((line) => (address[line] ?? '') === (given[line] ?? '')));
  return same ? undefined : [...(was ?? []), given];
}

/** Tags are added to those there are. */
export function withTags(was: readonly string[] | undefined, tags: string[] | undefined): string[] | undefined {
  const added = tags?.filter((tag) => !was?.includes(tag)) ?? [];
  return added.length === 0 ? undefined : [...(was ?? []), ...added];
}

/** A tenant's own fields: what a file does not name stays. */
export const withCustom = (
  was: Record<string, unknown> | undefined,
  custom: Record<string, string> | undefined,
): Record<string, unknown> | undefined => (custom ? { ...was, ...custom } : undefined);
