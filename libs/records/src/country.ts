import { foldText } from '#model';
import { nearest } from './nearest.ts';
import { cleanText, standard, type Standard } from './text.ts';

/** Names people use that are not the ones of CLDR. `AMBIGUOUS`: names that more than one country goes by. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  us: 'US',
  america: 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  uae: 'AE',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'ivory coast': 'CI',
  burma: 'MM',
  macedonia: 'MK',
  'south korea': 'KR',
  'republic of korea': 'KR',
  'north korea': 'KP',
  russia: 'RU',
  'russian federation': 'RU',
  vietnam: 'VN',
  'viet nam': 'VN',
  turkey: 'TR',
  turkiye: 'TR',
  swaziland: 'SZ',
  'cape verde': 'CV',
};
const AMBIGUOUS: Record<string, string> = {
  korea: 'North or South Korea',
  congo: 'Congo or DR Congo',
  guinea: '',
  ireland: '',
  'virgin islands': 'British or US Virgin Islands',
  samoa: '',
  sudan: '',
};
const LANGUAGES = ['en', 'he', 'bg', 'ru', 'uz', 'de', 'fr', 'es'];

const byName = new Map<string, string>();
const englishNames: string[] = [];
const codes: string[] = [];
{
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const shown = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const name = english.of(code);
      // ISO 3166-1 alone: no regions of the platform's own (EU, UN, ZZ, XA …), no withdrawn codes (they resolve to another).
      if (
        !name ||
        /^(EU|EZ|UN|ZZ|QO|X[A-JL-Z])$/.test(code) ||
        new Intl.Locale(`und-${code}`).region !== code ||
        Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`
      )
        continue;
      codes.push(code);
      englishNames.push(name);
      for (const names of shown) byName.set(foldText(names.of(code) ?? name), code);
    }
  for (const [alias, code] of Object.entries(ALIASES)) byName.set(foldText(alias), code);
}

/** A country as its ISO 3166-1 alpha-2 code: from the code, from its name in several languages, or from a name with a slip or two. */
export function country(text: string): Standard {
  const typed = text;
  const clean = cleanText(text);
  if (clean === '') return standard('', typed);
  if (/^[A-Za-z]{2}$/.test(clean) && codes.includes(clean.toUpperCase())) return standard(clean.toUpperCase(), typed);
  const key = foldText(clean);
  const ambiguous = AMBIGUOUS[key];
  if (ambiguous) return standard(clean, typed, `could be ${ambiguous}`);
  const exact = byName.get(key);
  if (exact) return standard(exact, typed);
  const near = nearest(englishNames, clean);
  if (near === 'ambiguous') return standard(clean, typed, 'could be more than one country');
  return near ? standard(codes[englishNames.indexOf(near)]!, typed) : standard(clean, typed, 'is no country we know');
}

export const countryName = (code: string, language = 'en'): string =>
  new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
