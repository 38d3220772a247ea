import type { KeyboardEvent } from 'react';
import css from './lifeline.module.css';
import { at } from './track.tsx';

const DAY = 86_400_000;

/** What the arrows, PageUp and the like do with the line; undefined for other keys. Steps in days, `change` to the next change. */
export type Step = { days: number } | { change: -1 | 1 } | { end: 'first' | 'last' };

/** What a key on the handle does. Forward is where reading goes: in Hebrew the left arrow. */
export function stepOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>, rtl: boolean): Step | undefined {
  const forward = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowUp: 1, ArrowDown: -1 }[key] as -1 | 1 | undefined;
  if (forward) return shiftKey ? { change: forward } : { days: forward };
  if (key === 'PageUp') return { days: 30 };
  if (key === 'PageDown') return { days: -30 };
  if (key === 'Home') return { end: 'first' };
  return key === 'End' ? { end: 'last' } : undefined;
}

/** The line: a slider of days, whose text is its date. `end`: its flag stands on the side where reading begins. */
export function Handle({
  place,
  label,
  text,
  flag,
  value,
  min,
  max,
  past,
  end,
  onStep,
}: {
  place: number;
  label: string;
  text: string;
  flag: string;
  /** Milliseconds; the slider counts days. */
  value: number;
  min: number;
  max: number;
  past: boolean;
  end: boolean;
  onStep: (step: Step) => void;
}) {
  return (
    <div
      role="slider"
      tabIndex={0}
      className={`${css.knob} ${past ? css.past : ''} ${end ? css.before : ''}`}
      style={at(place)}
      aria-label={label}
      aria-valuemin={Math.floor(min / DAY)}
      aria-valuemax={Math.floor(max / DAY)}
      aria-valuenow={Math.floor(value / DAY)}
      aria-valuetext={text}
      onKeyDown={(event) => {
        const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : stepOf(event, document.documentElement.dir === 'rtl');
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        onStep(step);
      }}
    >
      <span className={css.flag} aria-hidden="true">
        {flag}
      </span>
    </div>
  );
}
