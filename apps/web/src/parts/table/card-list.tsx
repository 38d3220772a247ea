import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import css from './table.module.css';

const HEIGHT = 60;
const AHEAD = 20;

/** A list on a phone: two lines a row, made for a thumb. */
export function CardList<Row extends { id: string }>({
  rows,
  card,
  label,
  onOpen,
  hasMore,
  onMore,
}: {
  rows: readonly Row[];
  card: (row: Row) => ReactNode;
  label: string;
  onOpen?: (row: Row) => void;
  hasMore?: boolean;
  onMore?: () => void;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => HEIGHT, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore?.();
  }, [hasMore, last, rows.length, onMore]);
  return (
    <section className={css.scroll} ref={scroll} aria-label={label}>
      <ul className={css.body} style={{ height: virtual.getTotalSize(), minWidth: 0 }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            <li key={row.id} style={{ position: 'absolute', insetInline: 0, height: HEIGHT, transform: `translateY(${item.start}px)` }}>
              <button type="button" className={css.card} style={{ height: HEIGHT, width: '100%' }} onClick={() => onOpen?.(row)}>
                {card(row)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
