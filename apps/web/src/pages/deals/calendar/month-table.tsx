import { Popover } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import type { Deal } from '../deal.ts';
import type { Lift } from '../use-lift.ts';
import css from './calendar.module.css';
import { DayDeal } from './day-deal.tsx';
import { daysAfter } from './month-grid.ts';

const SHOWN = 3;

type Props = {
  label: string;
  weeks: readonly (readonly string[])[];
  month: string;
  today: string;
  byDay: ReadonlyMap<string, readonly Deal[]>;
  /** The day keys are on. */
  day: string;
  onDay: (day: string) => void;
  lift: Lift<Deal> | undefined;
  /** Carries what is in the air so many days on. */
  onCarry: (days: number) => void;
  hint: string;
  narrow: boolean;
};

/**
 * A month: arrows go from day to day, Enter goes to a day's deals and Esc back to the day; a deal is lifted by Space, carried by the arrows, and dropped by
 * Space.
 */
export function MonthTable({ label, weeks, month, today, byDay, day, onDay, lift, onCarry, hint, narrow }: Props) {
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const lifted = lift?.lifted;
  const focus = (at: string) => {
    onDay(at);
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`td[data-drop="${at}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: 7, ArrowUp: -7 }[event.key];
    const id = target.dataset.deal;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (lifted && lift) {
      if (step) onCarry(step);
      else if (event.key === ' ' || event.key === 'Enter') lift.put();
      else if (event.key === 'Escape' || event.key === 'Tab') lift.cancel();
      else return;
    } else if (id) {
      const deal = [...byDay.values()].flat().find((one) => one.id === id);
      if (event.key === ' ' && lift && deal) lift.lift(deal, deal.expectedCloseOn);
      else if (event.key === 'Escape') focus(day);
      else return;
    } else if (target.dataset.drop) {
      if (step) focus(daysAfter(day, step));
      else if (event.key === 'Enter') target.querySelector<HTMLElement>('a, button')?.focus();
      else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-element-to-interactive-role -- a month is a grid: its days have the focus
    <table ref={table} className={css.table} role="grid" aria-label={label} onKeyDown={onKeyDown} data-narrow={narrow || undefined}>
      <thead>
        <tr>
          {weeks[0]!.map((one) => (
            <th key={one} scope="col">
              {weekdayOf(one, format.locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((one) => (
              <Day
                key={one}
                day={one}
                inMonth={one.startsWith(month)}
                today={today}
                deals={byDay.get(one) ?? []}
                chosen={one === day}
                onDay={onDay}
                lift={lift}
                hint={hint}
                narrow={narrow}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const weekdayOf = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

function Day({
  day,
  inMonth,
  today,
  deals,
  chosen,
  onDay,
  lift,
  hint,
  narrow,
}: {
  day: string;
  inMonth: boolean;
  today: string;
  deals: readonly Deal[];
  chosen: boolean;
  onDay: (day: string) => void;
  lift: Lift<Deal> | undefined;
  hint: string;
  narrow: boolean;
}) {
  const [t, format] = [useDealTexts(), useFormat()];
  const late = day < today;
  const over = lift?.lifted?.over === day;
  const more = deals.length - SHOWN;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the table has the keys
    <td
      data-drop={day}
      data-over={over || undefined}
      data-aside={!inMonth || undefined}
      data-today={day === today || undefined}
      aria-selected={chosen}
      role="gridcell"
      tabIndex={chosen ? 0 : -1}
      onClick={() => onDay(day)}
    >
      <time className={css.date} dateTime={day}>
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <span className="sr">{format.day(day, 'long')}</span>
      </time>
      {narrow ? (
        deals.length > 0 && (
          <span className={css.dot} data-late={late || undefined}>
            {format.number(deals.length)}
          </span>
        )
      ) : (
        <div className={css.deals}>
          {deals.slice(0, SHOWN).map((deal) => (
            <DayDeal key={deal.id} deal={deal} late={late} lift={lift} hint={hint} />
          ))}
          {more > 0 && (
            <Popover position="bottom" trapFocus>
              <Popover.Target>
                <button type="button" className="link xs">
                  {t('moreThat', { n: more })}
                </button>
              </Popover.Target>
              <Popover.Dropdown className={css.whole} aria-label={format.day(day, 'long')}>
                {deals.map((deal) => (
                  <DayDeal key={deal.id} deal={deal} late={late} lift={lift} hint={hint} />
                ))}
              </Popover.Dropdown>
            </Popover>
          )}
        </div>
      )}
    </td>
  );
}
