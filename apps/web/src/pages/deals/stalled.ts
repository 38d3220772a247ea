import { daysBefore } from '../home/quarters.ts';

/** A deal that has stood in its stage for longer has stalled. */
export const STALLED_AFTER = 90;

/** What lists are asked for those that have stalled by a day. */
export const stalledBy = (today: string): string => `stageSince lt ${JSON.stringify(`${daysBefore(today, STALLED_AFTER)}T00:00:00.000Z`)}`;
