import { endOfDay } from '../../../format/days.ts';
import { dayIn } from '../../../format/format.ts';

/** A moment as the address has it: a day, whose end is meant, or a time to the millisecond where a day holds several changes. */
export type MomentText = string;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

export const isDay = (text: MomentText): boolean => DAY.test(text);

/** The instant a moment stands for; undefined where the text is none. */
export function instantOf(text: MomentText, zone: string): number | undefined {
  const at = Date.parse(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at) || !(DAY.test(text) || TIME.test(text))) return undefined;
  if (!DAY.test(text)) return at;
  // `2017-02-31` is no day.
  return new Date(at).toISOString().slice(0, 10) === text ? endOfDay(text, zone) : undefined;
}

/**
 * How the address names an instant: by its day where nothing happened later on that day, so that both show the same; else by its time.
 *
 * @param times when something happened, in milliseconds, ascending
 */
export function textOf(at: number, zone: string, times: readonly number[]): MomentText {
  const day = dayIn(at, zone);
  const end = endOfDay(day, zone);
  return times.some((time) => time > at && time <= end) ? new Date(at).toISOString() : day;
}

/** The nearest time before (or after) a moment at which something happened; undefined where there is none. */
export function nextChange(times: readonly number[], at: number, step: -1 | 1): number | undefined {
  return step === 1 ? times.find((time) => time > at) : times.findLast((time) => time < at);
}
