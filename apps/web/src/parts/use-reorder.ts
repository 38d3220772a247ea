import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

/** An item moved from one place to another. */
export const movedTo = <T>(list: readonly T[], from: number, to: number): T[] => {
  const place = Math.max(0, Math.min(list.length - 1, to));
  return list.toSpliced(from, 1).toSpliced(place, 0, list[from]!);
};

/**
 * Orders the rows of a list by dragging a handle, or by keyboard: Space lifts, arrows move, Space puts down, Esc leaves it where it was.
 *
 * @param ids in their order; @param onOrder hears of the new order when it was put down elsewhere; @param say tells those who do not see it
 */
export function useReorder(
  ids: readonly string[],
  onOrder: (ids: string[], moved: string) => void,
  say: { lifted: (id: string) => string; at: (id: string, place: number) => string },
) {
  const [lifted, setLifted] = useState<{ id: string; order: string[] }>();
  const [told, setTold] = useState('');
  const list = useRef<HTMLElement>(null);
  const order = lifted?.order ?? [...ids];
  const putDown = () => {
    if (!lifted) return;
    setLifted(undefined);
    if (lifted.order.join() !== ids.join()) onOrder(lifted.order, lifted.id);
  };
  const moveTo = (id: string, place: number) => {
    const next = movedTo(order, order.indexOf(id), place);
    setLifted({ id, order: next });
    setTold(say.at(id, next.indexOf(id) + 1));
  };
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === ' ' || event.key === 'Enter') {
      if (lifted?.id === id) putDown();
      else {
        setLifted({ id, order: [...ids] });
        setTold(say.lifted(id));
      }
    } else if (step && lifted?.id === id) moveTo(id, order.indexOf(id) + step);
    else if (event.key === 'Escape' && lifted) setLifted(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** How many of the other rows have their middle above the pointer. */
  const placeAt = (id: string, y: number): number =>
    [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return row.dataset.row !== id && top + height / 2 < y;
    }).length;
  const handle = (id: string) => ({
    onKeyDown: onKeyDown(id),
    onBlur: () => {
      if (lifted?.id === id) putDown();
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setLifted({ id, order: [...ids] });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId) || lifted?.id !== id) return;
      const place = placeAt(id, event.clientY);
      if (place !== order.indexOf(id)) moveTo(id, place);
    },
    onPointerUp: putDown,
    onPointerCancel: () => setLifted(undefined),
  });
  return { order, lifted: lifted?.id, told, list, handle };
}
