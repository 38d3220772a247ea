import { useFormat } from '../../format/use-format.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { quarterOf } from '../home/quarters.ts';
import type { Unit } from './figures-search.ts';

/** What a month, a quarter, a year is called; `whole`: with its year. */
export function useUnitNames(): (unit: Unit, name: string, whole?: boolean) => string {
  const [t, format] = [useFiguresTexts(), useFormat()];
  return (unit, name, whole = false) => {
    if (unit === 'year') return name;
    if (unit === 'month') return whole ? format.longMonth(name) : format.month(name);
    const { number, year } = quarterOf(name);
    return whole ? t('quarterOfYear', { n: number, year: String(year) }) : t('quarterName', { n: number });
  };
}
