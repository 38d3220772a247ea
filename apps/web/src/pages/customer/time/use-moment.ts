import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { dayIn } from '../../../format/format.ts';
import { useDayZone } from '../../../format/use-format.ts';
import type { Asked } from '../queries.ts';
import { instantOf, textOf, type MomentText } from './moment.ts';

/** `at`: the moment shown; `known`: as it was known then; `b`: the second moment of a comparison, `today` for now; `panel`: the part shown on a phone. */
export type CustomerSearch = { at?: string; known?: string; b?: string; panel?: string };

/** A moment that is shown: `text` as the address has it, undefined for now; `at` in milliseconds. */
export type Shown = { text: MomentText | undefined; at: number };
export type Which = 'a' | 'b';

const REST = 80;

/**
 * The moment that the page shows, which is in its address. While the line is dragged the page follows it at once (`a`, `b`); the address, and with it the
 * server, follows when it rests (`asked`).
 *
 * @param times when something happened, ascending: they tell whether a day names a moment well enough
 */
export function useMoment(times: readonly number[], now: number) {
  const search = useSearch({ strict: false }) as CustomerSearch;
  const navigate = useNavigate();
  const zone = useDayZone();
  const today = dayIn(now, zone);
  const [drag, setDrag] = useState<Partial<Record<Which, number>>>({});
  const began = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const written = useMemo(() => {
    const shown = (text: string | undefined): Shown => {
      const at = text === undefined ? undefined : instantOf(text, zone);
      return at === undefined || at >= now ? { text: undefined, at: now } : { text, at };
    };
    return { a: shown(search.at), b: search.b === undefined ? undefined : shown(search.b) };
  }, [search.at, search.b, zone, now]);

  const change = useCallback(
    (patch: CustomerSearch, replace = false) =>
      void navigate({ to: '.', search: ((before: CustomerSearch) => ({ ...before, ...patch })) as never, replace, resetScroll: false }),
    [navigate],
  );
  const nameOf = (at: number): MomentText | undefined => (at >= now ? undefined : textOf(at, zone, times));

  /** Shows another moment. `live`: the line is being dragged, or stepped by a key that may be held; the address follows when it rests. */
  const go = (which: Which, at: number, live?: 'dragged' | 'stepped') => {
    clearTimeout(timer.current);
    const settle = () => {
      const text = nameOf(at);
      const place = text === undefined ? now : instantOf(text, zone)!;
      const before = which === 'b' ? written.b : written.a;
      // Until the address says so, too, the page shows where the line was left.
      setDrag(before?.at === place ? {} : { [which]: place });
      change(which === 'b' ? { b: text ?? 'today' } : { at: text, ...(search.known ? { known: text } : {}) }, began.current);
      began.current = live === 'dragged';
    };
    if (live) {
      setDrag({ [which]: Math.min(now, at) });
      timer.current = setTimeout(settle, REST);
    } else settle();
  };
  /** The line is let go: the next drag is a step of its own in the browser's history. */
  const drop = () => {
    began.current = false;
  };
  const there = (drag.a !== undefined && drag.a === written.a.at) || (drag.b !== undefined && drag.b === written.b?.at);
  if (there) setDrag({});

  const a = drag.a === undefined ? written.a : { text: nameOf(drag.a), at: drag.a };
  const b = !written.b ? undefined : drag.b === undefined ? written.b : { text: nameOf(drag.b), at: drag.b };
  const knownAt = search.known === undefined ? undefined : instantOf(search.known, zone);
  const asked = (shown: Shown): Asked => ({
    ...(shown.text === undefined ? {} : { asOf: new Date(shown.at).toISOString() }),
    ...(knownAt === undefined || shown.text === undefined ? {} : { knownAt: new Date(knownAt).toISOString() }),
  });
  return {
    zone,
    today,
    now,
    a,
    b,
    /** The moments as they are asked of the server: as the address has them. */
    asked: { a: asked(written.a), ...(written.b ? { b: asked(written.b) } : {}) },
    written,
    /** What the page shows is over. */
    isPast: a.text !== undefined,
    isDragging: drag.a !== undefined || drag.b !== undefined,
    known: written.a.text === undefined ? undefined : knownAt,
    panel: search.panel,
    go,
    drop,
    back: () => change({ at: undefined, known: undefined, b: undefined }),
    compare: (first: number, second?: number) =>
      change({ at: nameOf(first), known: undefined, b: (second !== undefined && nameOf(second)) || 'today' }),
    leaveCompare: () => change({ b: undefined }),
    swap: () => change({ at: written.b?.text, b: written.a.text ?? 'today' }),
    know: (as: boolean) => change({ known: as ? written.a.text : undefined }, true),
    showPanel: (panel: string | undefined) => change({ panel }, true),
  };
}

export type MomentState = ReturnType<typeof useMoment>;
