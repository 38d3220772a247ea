import type { ReactNode } from 'react';
import css from './figures.module.css';
import { Opens } from './number-table.tsx';
import type { Opening } from './opening.ts';

export type ListedBar = { key: string; name: string; value: number; text: ReactNode; opens?: Opening; colour?: number };

/** Bars that lie, each with its name before and its number after it. `roomy`: as high as the rows of a table beside it. */
export function BarList({ bars, roomy = false }: { bars: readonly ListedBar[]; roomy?: boolean }) {
  const most = Math.max(...bars.map(({ value }) => value), 0);
  return (
    <ul className={`${css.bars} ${roomy ? css.roomy : ''}`}>
      {bars.map(({ key, name, value, text, opens, colour = 1 }) => (
        <li key={key} className={css.barRow}>
          <bdi className="ellipsis" title={name}>
            {name}
          </bdi>
          <span className={css.barTrack} aria-hidden="true">
            <i style={{ width: `${most > 0 ? (100 * value) / most : 0}%`, background: `var(--chart-${colour})` }} />
          </span>
          <Opens opening={opens} className="medium">
            {text}
          </Opens>
        </li>
      ))}
    </ul>
  );
}
