import { useMe, useSettings } from '../queries/me.ts';
import { useLanguage } from '../theme/use-look.ts';
import { formatters, type Format } from './format.ts';

const made = new Map<string, Format>();
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone times are shown in: the user's own as chosen, else this device's. */
export function useZone(): string {
  return useMe().user?.zone ?? here;
}

/** Writes dates, numbers and money in the language and zone of whoever looks. */
export function useFormat(): Format {
  const [language, zone] = [useLanguage(), useZone()];
  const key = `${language} ${zone}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = formatters(language, zone)));
  return format;
}

/** The zone whose days are meant where a day is asked for: the tenant's, so that the same question has the same answer for everybody. */
export function useDayZone(): string {
  const [settings, own] = [useSettings(), useZone()];
  return settings?.zone ?? own;
}

/** The tenant's currency: amounts in it are written without naming it. */
export const useUsualCurrency = (): string | undefined => useSettings()?.currency;
