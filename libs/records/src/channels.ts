import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { cleanText, standard, type Standard } from './text.ts';

/** RFC 5321's lengths; what real mail servers take, not everything RFC 5322 allows. */
const EMAIL = /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/** An address with its domain in lower case, without what copying brings along (`mailto:`, angle brackets). */
export function email(text: string): Standard {
  const clean = cleanText(text)
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .replace(/\s+/g, '');
  const at = clean.lastIndexOf('@');
  const value = at > 0 ? clean.slice(0, at) + clean.slice(at).toLowerCase() : clean;
  return EMAIL.test(value) && value.length <= 254 ? standard(value, text) : standard(clean, text, 'is no e-mail address');
}

/** What addresses are compared by: the local part's case is ignored, for people do. */
export const emailKey = (address: string): string => address.toLowerCase();

/** A number in E.164; without a prefix it is one of `country` (ISO 3166-1 alpha-2). */
export function phone(text: string, country?: string): Standard {
  const clean = cleanText(text);
  const parsed = parsePhoneNumberFromString(clean, country as CountryCode | undefined);
  if (parsed?.isPossible()) return standard(parsed.ext ? `${parsed.number};ext=${parsed.ext}` : parsed.number, text);
  return standard(clean, text, country || clean.startsWith('+') ? 'is no phone number' : 'has no country prefix');
}
