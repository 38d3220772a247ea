import { localeOf } from '../../texts/texts.ts';

export type Option = { value: string; label: string };

const sorted = (options: Option[], language: string): Option[] => {
  const { compare } = new Intl.Collator(localeOf(language));
  return options.toSorted((a, b) => compare(a.label, b.label));
};

/** Time zones by their names in the tz database, the words of a place apart. @param known one that is chosen already */
export const zones = (known?: string): Option[] =>
  [...new Set([...(known ? [known] : []), 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));

/** Currencies: `EUR, euro`. */
export function currencies(language: string): Option[] {
  const names = new Intl.DisplayNames(localeOf(language), { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((value) => ({ value, label: `${value}, ${names.of(value) ?? value}` }));
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
/** Codes that name something else than a country: unions, islands without a code of their own, codes for trying things out. */
const NO_COUNTRY = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ']);

/** Whether a code was given up for another. */
const isOld = (tag: string) => Intl.getCanonicalLocales(tag)[0] !== tag;

/** Countries by ISO 3166-1, by their names. */
export function countries(language: string): Option[] {
  const names = new Intl.DisplayNames(localeOf(language), { type: 'region', fallback: 'none' });
  return sorted(
    PAIRS.flatMap((value) => {
      const label = NO_COUNTRY.has(value) || isOld(`und-${value}`) ? undefined : names.of(value);
      return label === undefined ? [] : [{ value, label }];
    }),
    language,
  );
}

/** Languages of two letters, by their names. */
export function languages(language: string): Option[] {
  const names = new Intl.DisplayNames(localeOf(language), { type: 'language', fallback: 'none' });
  return sorted(
    PAIRS.flatMap((pair) => {
      const label = isOld(pair.toLowerCase()) ? undefined : names.of(pair.toLowerCase());
      return label === undefined ? [] : [{ value: pair.toLowerCase(), label }];
    }),
    language,
  );
}

/** A language or region by its name, as it stands alone. */
export const nameOfLanguage = (code: string, language: string): string =>
  new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(code) ?? code;
