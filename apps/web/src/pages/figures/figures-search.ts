import { daysBetween } from '../../format/format.ts';
import { before, daysBefore, quarterAt, quarterOf } from '../home/quarters.ts';

/** How the figures are looked at, as their address says it. */
export type FiguresSearch = {
  period?: string;
  from?: string;
  to?: string;
  at?: string;
  team?: string;
  product?: string;
  owner?: string;
  currency?: string;
};
export type Unit = 'month' | 'quarter' | 'year';
/** `bars` and `line`: by which unit of time each is drawn. */
export type Span = { period: string; from?: string; to?: string; bars: Unit; line: Unit };

const NAMES = ['period', 'team', 'product', 'owner', 'currency'] as const;
const DAYS = ['from', 'to', 'at'] as const;

/** What of a search string is understood; the rest is left out. */
export function figuresSearch(raw: Record<string, unknown>): FiguresSearch {
  const texts = NAMES.filter((name) => typeof raw[name] === 'string' && raw[name] !== '');
  const days = DAYS.filter(
    (name) => typeof raw[name] === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw[name]) && !Number.isNaN(Date.parse(raw[name])),
  );
  return Object.fromEntries([...texts, ...days].map((name) => [name, raw[name]]));
}

/**
 * The span of business days that is looked at.
 *
 * @param today the day that counts as today: of a past moment, that one
 * @param years in which deals were closed, rising; the last of them is shown when nothing was chosen
 */
export function spanOf({ period, from, to }: FiguresSearch, today: string, years: readonly string[]): Span {
  if (from || to) return { period: 'other', from, to, ...unitsOf(from, to) };
  const chosen = period ?? years.at(-1) ?? 'all';
  if (chosen === 'quarter' || /^\d{4}-Q[1-4]$/.test(chosen)) {
    const quarter = chosen === 'quarter' ? quarterAt(today) : quarterOf(chosen);
    return { period: chosen, from: quarter.from, to: quarter.to, bars: 'month', line: 'month' };
  }
  if (/^\d{4}$/.test(chosen)) return { period: chosen, from: `${chosen}-01-01`, to: `${chosen}-12-31`, bars: 'quarter', line: 'month' };
  const unit = years.length > 3 ? 'year' : 'quarter';
  return { period: 'all', bars: unit, line: unit };
}

function unitsOf(from: string | undefined, to: string | undefined): Pick<Span, 'bars' | 'line'> {
  const days = from && to ? daysBetween(from, to) : Infinity;
  return { bars: days < 200 ? 'month' : days < 1500 ? 'quarter' : 'year', line: days < 400 ? 'month' : days < 1500 ? 'quarter' : 'year' };
}

/** The span before, as long; undefined when it has no beginning. */
export function spanBefore({ period, from, to }: Span): { from: string; to: string } | undefined {
  if (!from || !to) return undefined;
  if (/^\d{4}$/.test(period)) return { from: `${Number(period) - 1}-01-01`, to: `${Number(period) - 1}-12-31` };
  if (period !== 'other') {
    const former = before(quarterAt(from));
    return { from: former.from, to: former.to };
  }
  const end = daysBefore(from, 1);
  return { from: daysBefore(end, daysBetween(from, to)), to: end };
}
