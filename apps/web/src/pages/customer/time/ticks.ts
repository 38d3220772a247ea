import { dayIn } from '../../../format/format.ts';
import { startOfDay } from '../../../format/days.ts';
import type { Scale } from './scale.ts';

/** A mark on the axis. `major`: where a year (a month, a day) begins. */
export type Tick = { at: number; place: number; text: string; major: boolean };

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Marks that stand at least `room` (a share of the track) apart: years, months, days or hours, as the stretch is long. */
export function ticksOf(scale: Scale, locale: string, zone: string, room: number): Tick[] {
  const found: Tick[] = [];
  for (const { from, to, start, size, quiet } of scale.stretches) {
    if (quiet) continue;
    const least = ((to - from) * room) / size;
    for (const tick of marks(from, to, least, locale, zone)) {
      const place = scale.placeOf(tick.at);
      // A label needs room after its mark, too.
      if (place > 1 - room * 0.6) continue;
      if (found.every((one) => Math.abs(one.place - place) >= room * 0.95)) found.push({ ...tick, place });
    }
    // After a break the year is said again.
    const first = start > 0 ? found.find((tick) => tick.at >= from && tick.at <= to) : undefined;
    if (first && least > 13 * HOUR && !first.major) Object.assign(first, { text: yearOf(first.at, locale, zone), major: true });
  }
  return found;
}

const yearOf = (at: number, locale: string, zone: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric' }).format(at);

function marks(from: number, to: number, least: number, locale: string, zone: string): Omit<Tick, 'place'>[] {
  if (least > 13 * HOUR) return dayMarks(from, to, least, locale, zone);
  const step = [1, 5, 15, 30, 60, 180, 360, 720].find((minutes) => minutes * 60_000 >= least) ?? 720;
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' });
  const list: Omit<Tick, 'place'>[] = [];
  for (let at = startOfDay(dayIn(from, zone), zone); at <= to; at += step * 60_000) {
    const major = at === startOfDay(dayIn(at, zone), zone);
    if (at >= from) list.push({ at, text: (major ? day : time).format(at), major });
  }
  return list;
}

function dayMarks(from: number, to: number, least: number, locale: string, zone: string): Omit<Tick, 'place'>[] {
  const days = least / DAY;
  const [year, month] = dayIn(from, zone).split('-').map(Number) as [number, number];
  const end = dayIn(to, zone);
  const text = (day: string, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
  const list: Omit<Tick, 'place'>[] = [];
  const add = (day: string, label: string, major: boolean) => {
    const at = startOfDay(day, zone);
    if (at >= from && at <= to) list.push({ at, text: label, major });
  };
  if (days > 13) {
    const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => months * 30.4 >= days) ?? 240;
    for (let m = Math.floor((month - 1) / step) * step; ; m += step) {
      const day = new Date(Date.UTC(year, m, 1)).toISOString().slice(0, 10);
      if (day > end) return list;
      const isYear = day.endsWith('-01-01') || step >= 12;
      add(day, text(day, isYear ? { year: 'numeric' } : { month: 'short' }), isYear);
    }
  }
  const step = [1, 2, 7, 14].find((one) => one >= days) ?? 14;
  for (let at = Date.UTC(year, month - 1, 1); ;) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day > end) return list;
    const ofMonth = Number(day.slice(8));
    add(day, ofMonth === 1 ? text(day, { month: 'short' }) : text(day, { day: 'numeric', month: 'short' }), ofMonth === 1);
    // Steps begin anew with every month, so that its first day is always one.
    const next = at + step * DAY;
    const first = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1);
    at = next >= first ? first : next;
  }
}
