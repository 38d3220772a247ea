import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Skeleton } from '../../../parts/skeleton.tsx';
import css from './board.module.css';

/** What a card is told by its column. `at`: its place, for keys; `tabbable`: the one card of the column that Tab comes to. */
export type CardPlace = { column: string; at: number; tabbable: boolean };
/** What a column can be told from outside: to bring the focus to a card. */
export type ColumnHandle = { count: number; focus: (at: number) => void; focusId: (id: string) => void };

export type ColumnProps<Item extends { id: string }> = {
  /** By what it is dropped upon, and found by keys. */
  id: string;
  mark: 'open' | 'won' | 'lost';
  /** How far the stage is, from 0 to 1: its mark says so too. */
  strength?: number;
  title: ReactNode;
  /** How many there are in all; opens to them. */
  count: ReactNode;
  sums: ReactNode;
  items: readonly Item[] | undefined;
  height: number;
  card: (item: Item, place: CardPlace) => ReactNode;
  more?: () => void;
  rest?: ReactNode;
  empty: ReactNode;
  /** Where what is in the air would land, or the form of closing. */
  slot?: ReactNode;
  target?: 'may' | 'over';
  droppable: boolean;
  register: (id: string, handle: ColumnHandle | undefined) => void;
};

const GAP = 6;
const AHEAD = 10;

/** A column of cards as high as the page: only those in view are drawn, further ones are asked for as it is scrolled. */
export function Column<Item extends { id: string }>(props: ColumnProps<Item>) {
  const { id, items, height, more, register } = props;
  const heading = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wanted = useRef<string>(undefined);
  const all = items ?? [];
  const virtual = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (at) => all[at]?.id ?? at,
    gap: GAP,
    overscan: 6,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= all.length - AHEAD) more();
  }, [more, last, all.length]);

  /** Brings the focus to the card that was asked for, once it is there: it may have yet to come, or to be drawn. */
  const reach = () => {
    const place = all.findIndex((item) => item.id === wanted.current);
    if (place === -1) return;
    const card = scroll.current?.querySelector<HTMLElement>(`[data-card="${wanted.current}"]`);
    if (!card) return virtual.scrollToIndex(place);
    wanted.current = undefined;
    card.focus({ preventScroll: true });
    return card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  useEffect(() => {
    register(id, {
      count: all.length,
      focus: (at) => {
        wanted.current = all[Math.max(0, Math.min(all.length - 1, at))]?.id;
        reach();
      },
      focusId: (one) => {
        wanted.current = one;
        reach();
      },
    });
    reach();
  });
  useEffect(() => () => register(id, undefined), [id, register]);
  const tabbable = Math.min(active, all.length - 1);
  return (
    <section className={css.column} aria-labelledby={heading} data-drop={props.droppable ? id : undefined} data-target={props.target}>
      <header className={css.columnHead}>
        <h2 id={heading}>
          <span
            className={css.mark}
            data-mark={props.mark}
            style={{ opacity: props.strength === undefined ? 1 : 0.4 + 0.6 * props.strength }}
          />
          {props.title}
        </h2>
        <span className={css.count}>{props.count}</span>
        <div className={css.sums}>{props.sums}</div>
      </header>
      {props.slot}
      <div className={css.cards} ref={scroll}>
        {items === undefined ? (
          <Skeleton widths={[100, 100, 100, 100]} height={height} gap={GAP} />
        ) : all.length === 0 ? (
          <p className={css.none}>{props.empty}</p>
        ) : (
          <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {shown.map((item) => (
              <li
                key={item.key}
                className={css.place}
                style={{ height, transform: `translateY(${item.start}px)` }}
                aria-posinset={item.index + 1}
                aria-setsize={all.length}
                onFocus={() => setActive(item.index)}
              >
                {props.card(all[item.index]!, { column: id, at: item.index, tabbable: item.index === tabbable })}
              </li>
            ))}
          </ul>
        )}
        {props.rest && all.length > 0 && <p className={css.rest}>{props.rest}</p>}
      </div>
    </section>
  );
}
