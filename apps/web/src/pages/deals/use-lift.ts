import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';

/** Something in the air: what, over which place (`data-drop`) and lifted by what. */
export type Lifted<I> = { item: I; over: string | undefined; by: 'pointer' | 'keys' };

const MOVES = 6;
const HOLDS = 280;
const EDGE = 56;

/**
 * Lifting something and dropping it at a place: with the mouse by pulling it, with a finger by holding it a moment, so that scrolling stays scrolling.
 * Places are elements with `data-drop`; what scrolls along when something is held at its edge has `data-scrolls`. Keys are the caller's: it lifts,
 * carries and drops by the functions here, so that both ways end in the same drop.
 */
export function useLift<I>(onDrop: (item: I, place: string, by: Lifted<I>['by']) => void) {
  const [lifted, setLifted] = useState<Lifted<I>>();
  const now = useRef<Lifted<I>>(undefined);
  const drop = useRef(onDrop);
  const end = useRef<() => void>(undefined);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => () => end.current?.(), []);

  const become = useCallback((next: Lifted<I> | undefined) => {
    now.current = next;
    setLifted(next);
  }, []);
  const lift = useCallback((item: I, over: string | undefined) => become({ item, over, by: 'keys' }), [become]);
  const carry = useCallback((over: string) => become(now.current && { ...now.current, over }), [become]);
  const cancel = useCallback(() => {
    end.current?.();
    become(undefined);
  }, [become]);
  const put = useCallback(() => {
    const held = now.current;
    end.current?.();
    become(undefined);
    if (held?.over !== undefined) drop.current(held.item, held.over, held.by);
  }, [become]);

  /** Begins to listen, at a press on something: whether it is lifted depends on what follows. */
  const press = useCallback(
    (event: ReactPointerEvent<HTMLElement>, item: I) => {
      if (event.button !== 0 || now.current || (event.target as Element).closest('button, input, [role="menu"]')) return;
      end.current?.();
      const handle = event.currentTarget;
      const finger = event.pointerType === 'touch';
      const from = { x: event.clientX, y: event.clientY };
      const at = { ...from };
      let ghost: HTMLElement | undefined;
      let frame = 0;

      const show = () => {
        frame = 0;
        if (!ghost) return;
        ghost.style.transform = `translate(${at.x - from.x}px, ${at.y - from.y}px) rotate(var(--tilt, 0deg))`;
        const place = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('[data-drop]')?.dataset.drop;
        if (place !== now.current?.over) become(now.current && { ...now.current, over: place });
        if (scrollAlong(at)) frame = requestAnimationFrame(show);
      };
      const up = () => {
        ghost = ghostOf(handle);
        become({ item, over: undefined, by: 'pointer' });
        show();
      };
      const timer = finger ? setTimeout(up, HOLDS) : undefined;

      const move = (moved: PointerEvent) => {
        [at.x, at.y] = [moved.clientX, moved.clientY];
        if (ghost) frame ||= requestAnimationFrame(show);
        else if (Math.hypot(at.x - from.x, at.y - from.y) > MOVES) {
          if (finger) stop();
          else up();
        }
      };
      const release = () => {
        if (!ghost) return stop();
        // The click that follows would open what was carried.
        addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
        return put();
      };
      const abort = () => {
        stop();
        become(undefined);
      };
      const key = (pressed: KeyboardEvent) => {
        if (pressed.key !== 'Escape' || !ghost) return;
        swallow(pressed);
        abort();
      };
      // Once it is in the air the finger carries it and no longer scrolls, and holding longer opens no menu.
      const hold = (event: Event) => ghost && event.preventDefault();
      const stop = () => {
        clearTimeout(timer);
        cancelAnimationFrame(frame);
        ghost?.remove();
        ghost = undefined;
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', release);
        removeEventListener('pointercancel', abort);
        removeEventListener('keydown', key, { capture: true });
        removeEventListener('touchmove', hold);
        removeEventListener('contextmenu', hold);
        end.current = undefined;
      };
      end.current = stop;
      addEventListener('pointermove', move);
      addEventListener('pointerup', release);
      addEventListener('pointercancel', abort);
      addEventListener('keydown', key, { capture: true });
      addEventListener('touchmove', hold, { passive: false });
      addEventListener('contextmenu', hold);
    },
    [become, put],
  );
  return { lifted, press, lift, carry, put, cancel };
}

export type Lift<I> = ReturnType<typeof useLift<I>>;

const swallow = (event: Event) => {
  event.preventDefault();
  event.stopPropagation();
};

/** A copy of what was lifted, which follows the pointer. */
function ghostOf(element: HTMLElement): HTMLElement {
  const { left, top, width, height } = element.getBoundingClientRect();
  const ghost = element.cloneNode(true) as HTMLElement;
  ghost.dataset.ghost = '';
  ghost.removeAttribute('id');
  ghost.inert = true;
  Object.assign(ghost.style, { position: 'fixed', left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  document.getElementById('floating')!.append(ghost);
  return ghost;
}

/** Scrolls what lies under the pointer when it is held at an edge. @returns whether it moved */
function scrollAlong({ x, y }: { x: number; y: number }): boolean {
  const scrolls = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-scrolls]');
  if (!scrolls) return false;
  const { left, right } = scrolls.getBoundingClientRect();
  const pull = x < left + EDGE ? -1 : x > right - EDGE ? 1 : 0;
  const before = scrolls.scrollLeft;
  scrolls.scrollLeft += pull * 14;
  return scrolls.scrollLeft !== before;
}
