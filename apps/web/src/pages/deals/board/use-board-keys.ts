import { useCallback, useRef, type KeyboardEvent } from 'react';
import type { Lift } from '../use-lift.ts';
import type { ColumnHandle } from './column.tsx';

/**
 * The board by keys: arrows go from card to card and from column to column; Space lifts a card, the arrows carry it from column to column, Space drops it
 * and Esc puts it back. `columns` in their order; `find` gives the card of an id.
 */
export function useBoardKeys<I>({
  columns,
  lift,
  find,
  homeOf,
}: {
  columns: readonly string[];
  lift: Lift<I> | undefined;
  find: (id: string) => I | undefined;
  homeOf: (item: I) => string;
}) {
  const handles = useRef(new Map<string, ColumnHandle>());
  const register = useCallback((id: string, handle: ColumnHandle | undefined) => {
    if (handle) handles.current.set(id, handle);
    else handles.current.delete(id);
  }, []);
  const beside = (column: string, step: number): string | undefined => columns[columns.indexOf(column) + step];

  const carry = (event: KeyboardEvent, { lifted, ...by }: Lift<I>, forward: number) => {
    const over = lifted!.over ?? homeOf(lifted!.item);
    const step = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
    if (step) by.carry(beside(over, step) ?? over);
    else if (event.key === ' ' || event.key === 'Enter') by.put();
    else if (event.key === 'Escape' || event.key === 'Tab') by.cancel();
    else if (!/^Arrow|^Page|^Home|^End/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { card, column, at } = (event.target as HTMLElement).dataset;
    if (!card || !column || event.ctrlKey || event.metaKey || event.altKey) return;
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    if (lift?.lifted) return carry(event, lift, forward);
    const place = Number(at);
    const go = (to: string | undefined, where: number) => to !== undefined && handles.current.get(to)?.focus(where);
    /** The next column that has cards. */
    const across = (step: number) => {
      for (let to = beside(column, step); to !== undefined; to = beside(to, step)) if (handles.current.get(to)?.count) return go(to, place);
      return undefined;
    };
    const acts: Record<string, () => unknown> = {
      ArrowDown: () => go(column, place + 1),
      ArrowUp: () => go(column, place - 1),
      PageDown: () => go(column, place + 8),
      PageUp: () => go(column, place - 8),
      Home: () => go(column, 0),
      End: () => go(column, (handles.current.get(column)?.count ?? 1) - 1),
      ArrowRight: () => across(forward),
      ArrowLeft: () => across(-forward),
      ' ': () => {
        const item = lift && find(card);
        if (item) lift.lift(item, homeOf(item));
      },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return { register, onKeyDown, focus: (column: string, id: string) => handles.current.get(column)?.focusId(id) };
}
