/** What would have been right, by class-validator's name of the rule. */
const HINTS: Record<string, string> = {
  isUuid: 'a UUID such as 0193c5b0-7e1a-7c3e-9d3f-2b6f0c1d4e5a',
  isIso8601: 'a date such as 2026-03-01',
  isDateString: 'a date such as 2026-03-01',
  isDay: 'a day such as 2026-03-01',
  isInstant: 'a time with its offset such as 2026-03-01T09:30:00+01:00',
  isZone: 'a time zone such as Europe/Berlin',
  isEmail: 'an address such as ann@example.org',
  isUrl: 'an address such as https://example.org',
  isBoolean: 'true or false, without quotes',
  isNumber: 'a number, without quotes',
  isInt: 'a whole number, without quotes',
  isString: 'text in quotes',
  isArray: 'a list in square brackets',
  isObject: 'an object in braces',
  isIso31661Alpha2: 'a country code such as DE',
  isIso4217CurrencyCode: 'a currency code such as EUR',
  isLocale: 'a language such as de or pt-BR',
  isMoney: '{ "amount": "900.00", "currency": "EUR" }',
  isCustom: 'a flat object of texts, numbers, true, false and null',
};

export const hintFor = (rule: string): string | undefined => HINTS[rule] ?? HINTS[rule.charAt(0).toLowerCase() + rule.slice(1)];
