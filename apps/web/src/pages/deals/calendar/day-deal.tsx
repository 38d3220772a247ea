import { Link } from '@tanstack/react-router';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import type { Deal } from '../deal.ts';
import type { Lift } from '../use-lift.ts';
import css from './calendar.module.css';

/** A deal on its day: leads to its page, and can be carried to another day. */
export function DayDeal({ deal, late, lift, hint }: { deal: Deal; late: boolean; lift: Lift<Deal> | undefined; hint: string }) {
  const [format, usual] = [useFormat(), useUsualCurrency()];
  return (
    <div
      className={css.deal}
      data-late={late || undefined}
      data-lifted={lift?.lifted?.item.id === deal.id || undefined}
      onPointerDown={lift && ((event) => lift.press(event, deal))}
    >
      <Link to="/deals/$id" params={{ id: deal.id }} data-deal={deal.id} aria-describedby={hint} draggable={false} preload={false}>
        <bdi>{deal.name}</bdi>
      </Link>
      <span className={css.worth}>{deal.worth && format.money(deal.worth, usual)}</span>
    </div>
  );
}
