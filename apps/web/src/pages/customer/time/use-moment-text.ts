import { useFormat } from '../../../format/use-format.ts';
import { isDay } from './moment.ts';
import type { MomentState, Shown } from './use-moment.ts';

/** How a past moment is said: by its day, with the time where the address has one. */
export function useMomentText({ zone }: Pick<MomentState, 'zone'>): { short: (shown: Shown) => string; long: (shown: Shown) => string } {
  const format = useFormat();
  const say = (how: 'auto' | 'long') => (shown: Shown) => {
    const text = shown.text ?? new Date(shown.at).toISOString();
    if (isDay(text)) return format.day(text, how);
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: format.zone ?? zone }).format(shown.at);
    return `${format.day(day, how)}, ${format.time(shown.at)}`;
  };
  return { short: say('auto'), long: say('long') };
}
