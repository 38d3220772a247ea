import { ActionIcon, Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { dayPlus, endOfDay } from '../../../format/days.ts';
import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { DateField } from './date-field.tsx';
import { Handle, type Step } from './handle.tsx';
import css from './lifeline.module.css';
import { nextChange } from './moment.ts';
import { lifeScale, windowScale, type Zoom } from './scale.ts';
import { Track, type DrawnLife } from './track.tsx';
import { useMomentText } from './use-moment-text.ts';
import type { MomentState, Shown, Which } from './use-moment.ts';

const ZOOMS: readonly Zoom[] = ['life', 'year', 'quarter', 'month'];
const FLAG = 0.86;
const FIRST_FLAG = 0.12;

/** The whole life of a customer, and the moment of it that is shown: a line to be dragged, stepped and typed. Everything on the page follows it. */
export function Lifeline({ moment, life, times }: { moment: MomentState; life: DrawnLife; times: readonly number[] }) {
  const [t, format, narrow, say] = [useCustomerTexts(), useFormat(), useIsNarrow(), useMomentText(moment)];
  const [zoom, setZoom] = useState<Zoom>('life');
  const [typing, setTyping] = useState(false);
  const { ref: measured, width } = useElementSize();
  const track = useRef<HTMLDivElement>(null);
  const dragged = useRef<Which>(undefined);
  const { now, zone, a, b, go } = moment;
  const whole = useMemo(() => lifeScale(times, now), [times, now]);
  // A part of it stays where it is as long as the line is in it, and while it is dragged.
  const [around, setAround] = useState(now);
  const last = b ?? a;
  const scale = useMemo(() => (zoom === 'life' ? whole : windowScale(zoom, around, whole)), [zoom, whole, around]);
  if (zoom !== 'life' && !moment.isDragging && (last.at < scale.from || last.at > scale.to) && around !== last.at) setAround(last.at);
  const first = times[0] ?? whole.from;

  const place = (which: Which, to: number, live?: 'dragged' | 'stepped') => go(which, Math.min(now, Math.max(first, to)), live);
  const pointed = ({ clientX }: PointerEvent) => {
    const { left, right, width: all } = track.current!.getBoundingClientRect();
    const share = (document.documentElement.dir === 'rtl' ? right - clientX : clientX - left) / all;
    const to = scale.timeAt(Math.min(1, Math.max(0, share)));
    // Where a day is narrower than a finger it is the day that is meant.
    const byDays = ((scale.to - scale.from) / 86_400_000) * 12 > all;
    return share > 0.995 && scale.to === now ? now : byDays ? endOfDay(dayIn(to, zone), zone) : to;
  };
  const nearest = (to: number): Which =>
    b && Math.abs(scale.placeOf(b.at) - scale.placeOf(to)) < Math.abs(scale.placeOf(a.at) - scale.placeOf(to)) ? 'b' : 'a';
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const to = pointed(event);
    dragged.current = nearest(to);
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="slider"]')[dragged.current === 'b' ? 1 : 0]?.focus({ preventScroll: true });
    event.preventDefault();
    place(dragged.current, to, 'dragged');
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (dragged.current) place(dragged.current, pointed(event), 'dragged');
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    if (dragged.current && event.type === 'pointerup') place(dragged.current, pointed(event));
    dragged.current = undefined;
    moment.drop();
  };
  const step = (which: Which, by: Step) => {
    const from = (which === 'b' ? b : a)!.at;
    if ('end' in by) place(which, by.end === 'first' ? first : now, 'stepped');
    else if ('change' in by) place(which, nextChange(times, from, by.change) ?? (by.change === 1 ? now : first), 'stepped');
    else place(which, endOfDay(dayPlus(dayIn(from, zone), by.days), zone), 'stepped');
  };
  // The track does not move with the line, so it is not to be drawn with it either.
  const latest = useRef<(to: number) => void>(undefined);
  useEffect(() => {
    latest.current = (to) => place(nearest(to), to);
  });
  const onGo = useCallback((to: number) => latest.current?.(to), []);
  const compare = () => (b ? moment.leaveCompare() : moment.compare(a.text === undefined ? scale.timeAt(0.5) : a.at));
  const moving: Which = b ? 'b' : 'a';
  useShortcuts([
    { keys: 'BracketLeft', run: () => step(moving, { change: -1 }), says: t('previousChange') },
    { keys: 'BracketRight', run: () => step(moving, { change: 1 }), says: t('nextChange') },
    { keys: 'KeyT', run: () => setTyping(true), says: t('goToDate') },
    { keys: 'Shift+KeyT', run: compare, says: t('compare') },
  ]);

  const count = life.entries.length;
  return (
    <section className={css.life} aria-label={t('life')}>
      <div className={css.bar}>
        <h2>{t('life')}</h2>
        <span className={`${css.about} xs faint ellipsis desk-only`}>
          {count > 0 && t('lifeFrom', { day: format.date(first), n: count })}
          {!moment.isPast && !b && <> {t('lifeHint')}</>}
        </span>
        <Legend />
        <span className="desk-only">
          <Segments
            label={t('zoom')}
            value={zoom}
            onChange={(next) => {
              setAround(last.at);
              setZoom(next);
            }}
            options={ZOOMS.map((value) => ({ value, label: t(`zoom_${value}`) }))}
          />
        </span>
        <span className={css.steps}>
          <ActionIcon aria-label={t('previousChange')} title={`${t('previousChange')}  [`} onClick={() => step(moving, { change: -1 })}>
            <Icon name="prev" size="s" />
          </ActionIcon>
          <ActionIcon
            aria-label={t('nextChange')}
            title={`${t('nextChange')}  ]`}
            disabled={last.text === undefined}
            onClick={() => step(moving, { change: 1 })}
          >
            <Icon name="next" size="s" />
          </ActionIcon>
        </span>
        <DateField
          opened={typing}
          onOpen={setTyping}
          today={moment.today}
          first={dayIn(first, zone)}
          onDay={(day) => {
            setTyping(false);
            place(moving, endOfDay(day, zone));
          }}
        >
          <Button className={css.date} leftSection={<Icon name="calendar" size="s" />} onClick={() => setTyping(!typing)}>
            <span className="sr">{t('goToDate')}</span>
            <span className="desk-only">{last.text === undefined ? format.date(now) : say.short(last)}</span>
          </Button>
        </DateField>
        <Button className={css.compare} leftSection={<Icon name={b ? 'x' : 'compare'} size="s" />} onClick={compare}>
          {b ? t('leaveCompare') : t('compare')}
        </Button>
      </div>
      <div ref={measured} className={css.room}>
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the sliders in it have the keys */}
        <div
          ref={track}
          className={css.track}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
        >
          <Track life={life} scale={scale} zone={zone} width={width || (narrow ? 340 : 1200)} onGo={onGo} />
          <Overlays a={a} b={b} placeOf={scale.placeOf} />
          {(b ? (['a', 'b'] as const) : (['a'] as const)).map((which) => {
            const shown = which === 'b' ? b! : a;
            const where = scale.placeOf(shown.at);
            const when = shown.text === undefined ? t('today') : say.short(shown);
            return (
              <Handle
                key={which}
                place={where}
                label={b ? t(which === 'a' ? 'firstMoment' : 'secondMoment') : t('momentShown')}
                text={shown.text === undefined ? t('today') : say.long(shown)}
                flag={b ? t('flag', { which: which.toUpperCase(), when }) : when}
                value={shown.at}
                min={first}
                max={now}
                past={shown.text !== undefined}
                end={b ? (which === 'a' ? where > FIRST_FLAG : where > FLAG) : where > FLAG}
                onStep={(by) => step(which, by)}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** What is later than the moment is hatched; what lies between two is tinted. */
function Overlays({ a, b, placeOf }: { a: Shown; b: Shown | undefined; placeOf: (at: number) => number }) {
  const [from, to] = b ? [Math.min(placeOf(a.at), placeOf(b.at)), Math.max(placeOf(a.at), placeOf(b.at))] : [placeOf(a.at), placeOf(a.at)];
  return (
    <>
      {b && <span className={css.between} style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }} />}
      {to < 1 && <span className={css.later} style={{ inlineSize: `${(1 - to) * 100}%` }} />}
    </>
  );
}

function Legend() {
  const t = useCustomerTexts();
  return (
    <span className={css.legend}>
      {(['won', 'lost', 'open'] as const).map((status) => (
        <span key={status}>
          <i className={`${css.lane} ${css[status]}`} />
          {t(`status_${status}`)}
        </span>
      ))}
    </span>
  );
}
