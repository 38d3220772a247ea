import { endOfDay, isDay } from '#model';
import { Problem } from './problem.ts';

/** A moment: `asOf` in valid time (what was true then), `knownAt` in recorded time (what was known then). A day means its end in the tenant's zone. */
export type Moment = { asOf?: string; knownAt?: string };

/** A day means its end in the tenant's zone. @throws Problem 400 when it is neither a day nor a time */
export function momentOf(text: string | undefined, zone: string): string | undefined {
  if (!text) return undefined;
  if (isDay(text)) return endOfDay(text, zone);
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text))
    throw new Problem(400, 'invalid', 'A moment is a day or a time with its offset.', {
      fields: [{ field: 'asOf', problem: 'is neither a day nor a time', hint: '2017-06-30 or 2017-06-30T12:00:00Z' }],
    });
  return new Date(time).toISOString();
}
