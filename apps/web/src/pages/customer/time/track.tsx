import { memo, useMemo, type CSSProperties } from 'react';
import { endOfDay, startOfDay } from '../../../format/days.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { Deal, Outline } from '../kinds.ts';
import css from './lifeline.module.css';
import { barsOf, lanesOf, type Scale } from './scale.ts';
import { ticksOf } from './ticks.ts';
import { apart, type TurningPoint } from './turning-points.ts';

const BAR = 11;
const MOST_CLOSED = 9;
const MOST_OPEN = 3;
const TICK = 64;
const CIRCLE = 26;

export type DrawnLife = {
  entries: readonly Outline[];
  deals: readonly Deal[];
  turns: readonly TurningPoint[];
};

/** A place on the track, from where reading begins. */
export const at = (place: number): CSSProperties => ({ insetInlineStart: `${(place * 100).toFixed(3)}%` });

/** What does not move when the line does: bars of entries, lines of deals, circles, the axis. `width` in pixels. */
export const Track = memo(function Track({
  life,
  scale,
  zone,
  width,
  onGo,
}: {
  life: DrawnLife;
  scale: Scale;
  zone: string;
  width: number;
  onGo: (at: number) => void;
}) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const parts = Math.max(24, Math.floor(width / BAR));
  const bars = useMemo(
    () =>
      barsOf(
        life.entries.map((entry) => Date.parse(entry.at)),
        scale,
        parts,
      ),
    [life.entries, scale, parts],
  );
  const most = Math.max(1, ...bars);
  const lanes = useMemo(() => {
    const span = (deal: Deal) => ({
      from: scale.placeOf(startOfDay(deal.openedOn, zone)),
      to: deal.closedOn ? scale.placeOf(endOfDay(deal.closedOn, zone)) : 1,
    });
    const seen = life.deals.filter(
      ({ openedOn, closedOn }) => startOfDay(openedOn, zone) <= scale.to && (!closedOn || endOfDay(closedOn, zone) >= scale.from),
    );
    // What is open reaches to the end of the track: its lines lie below the others, which else would be under them.
    const closed = lanesOf(
      seen.filter(({ closedOn }) => closedOn),
      span,
      MOST_CLOSED,
    );
    const below = Math.max(0, ...closed.map(({ lane }) => lane + 1));
    const open = lanesOf(
      seen.filter(({ closedOn }) => !closedOn),
      span,
      MOST_OPEN,
    );
    return [...closed, ...open.map((one) => ({ ...one, lane: one.lane + below }))];
  }, [life.deals, scale, zone]);
  const rows = Math.max(1, ...lanes.map(({ lane }) => lane + 1));
  const pitch = Math.min(6, 36 / rows);
  const ticks = useMemo(() => ticksOf(scale, format.locale, zone, TICK / width), [scale, format.locale, zone, width]);
  const turns = apart(
    life.turns.filter((turn) => turn.at >= scale.from && turn.at <= scale.to).map((turn) => ({ ...turn, place: scale.placeOf(turn.at) })),
    CIRCLE / width,
  );
  return (
    <>
      {scale.stretches
        .filter(({ quiet }) => quiet)
        .map(({ from, to, start, size }) => (
          <span
            key={from}
            className={css.quiet}
            style={{ ...at(start), inlineSize: `${size * 100}%` }}
            title={t('quiet', { from: format.date(from), to: format.date(to) })}
          />
        ))}
      <div className={css.bars} aria-hidden="true">
        {bars.map((count, bar) =>
          count === 0 ? null : (
            <i
              // oxlint-disable-next-line react/no-array-index-key -- bars have nothing but their place
              key={bar}
              style={{ ...at(bar / parts), inlineSize: `calc(${100 / parts}% - 1px)`, blockSize: Math.max(3, (count / most) * 30) }}
            />
          ),
        )}
      </div>
      <div className={css.lanes} aria-hidden="true">
        {lanes.map(({ item, from, to, lane }) => (
          <span
            key={item.id}
            className={`${css.lane} ${css[item.status]}`}
            title={item.name}
            style={{
              ...at(from),
              inlineSize: `${Math.max(0.3, (to - from) * 100)}%`,
              insetBlockStart: lane * pitch,
              blockSize: Math.max(2, pitch - 2),
            }}
          />
        ))}
      </div>
      <div className={css.axis} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} className={tick.major ? css.major : undefined} style={at(tick.place)}>
            {tick.text}
          </span>
        ))}
      </div>
      {turns.map(({ turn, at: when, place, icon, tone }) => {
        const text = t('turnAt', { turn: t(`turn_${turn}`), day: format.date(when) });
        return (
          <button
            key={`${turn} ${when}`}
            type="button"
            className={`${css.turn} ${tone ? css[tone] : ''}`}
            style={at(place)}
            aria-label={text}
            title={text}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => onGo(when)}
          >
            <span>
              <Icon name={icon} size={12} />
            </span>
          </button>
        );
      })}
    </>
  );
});
