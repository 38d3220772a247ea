import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import type { Deal } from '../deal.ts';
import type { Lift } from '../use-lift.ts';
import css from './calendar.module.css';
import { DayDeal } from './day-deal.tsx';

/** The deals of a day, below the month on a phone. */
export function DayList({ day, deals, lift, hint }: { day: string; deals: readonly Deal[]; lift: Lift<Deal> | undefined; hint: string }) {
  const [t, format] = [useDealTexts(), useFormat()];
  const today = dayIn(Date.now(), format.zone);
  return (
    <section className={css.dayList}>
      <h3>{format.day(day, 'long')}</h3>
      {deals.length === 0 ? (
        <p className="muted sm">{t('noneThatDay')}</p>
      ) : (
        deals.map((deal) => <DayDeal key={deal.id} deal={deal} late={day < today} lift={lift} hint={hint} />)
      )}
    </section>
  );
}
