import { foldEvents, same, type Handler, type Recorded } from '#model';

/** What a kind of record is kept as in spans: a fold of its events, and the columns of a state. */
export type SpanSpec = {
  table: string;
  /** Raised whenever the same events give other values: the table is then made anew. */
  version: number;
  kind: string;
  handlers: Handler<any>[];
  columns: Record<string, 'text' | 'whole' | 'day' | 'flag' | 'texts' | 'wholes'>;
  values: (state: any) => Record<string, string | number | bigint | boolean | null | string[] | bigint[]>;
};

/** A rectangle of valid time and known time in which a record was in one state. */
export type Rectangle<S> = { validFrom: string; validTo: string; knownFrom: string; knownTo: string; state: S };

export const FOREVER = '9999';

type Stamped = { at: string; recordedAt: string; event: Recorded };

/**
 * The rectangles of one stream. At a moment (valid v, known k) a record is what its events with `at ≤ v` and `recordedAt ≤ k` fold to, in revision
 * order. Events that came in order give an L of two rectangles each; one dated back makes the whole grid be folded again.
 */
export function rectangles<S>(handlers: Handler<S>[], events: Recorded[]): Rectangle<S>[] {
  const stamped = events.map((event) => ({ at: event.at, recordedAt: event.recordedAt, event }));
  const inOrder = stamped.every(
    (one, index) => index === 0 || (stamped[index - 1]!.at <= one.at && stamped[index - 1]!.recordedAt <= one.recordedAt),
  );
  return inOrder ? staircase(handlers, stamped) : grid(handlers, stamped);
}

function staircase<S>(handlers: Handler<S>[], events: Stamped[]): Rectangle<S>[] {
  const found: Rectangle<S>[] = [];
  let state: S | undefined;
  for (const [index, { at, recordedAt, event }] of events.entries()) {
    state = foldEvents(handlers, state, [event]);
    if (state === undefined) continue;
    // What happened and was recorded at the same moments counts as one step.
    const next = events[index + 1];
    if (next && next.at === at && next.recordedAt === recordedAt) continue;
    const [nextAt, nextRecorded] = [next?.at ?? FOREVER, next?.recordedAt ?? FOREVER];
    if (at < nextAt) found.push({ validFrom: at, validTo: nextAt, knownFrom: recordedAt, knownTo: FOREVER, state });
    if (nextAt < FOREVER && recordedAt < nextRecorded)
      found.push({ validFrom: nextAt, validTo: FOREVER, knownFrom: recordedAt, knownTo: nextRecorded, state });
  }
  return found;
}

function grid<S>(handlers: Handler<S>[], events: Stamped[]): Rectangle<S>[] {
  const valids = [...new Set(events.map((one) => one.at))].sort();
  const knowns = [...new Set(events.map((one) => one.recordedAt))].sort();
  const found: Rectangle<S>[] = [];
  for (const [row, knownFrom] of knowns.entries()) {
    const known = events.filter((one) => one.recordedAt <= knownFrom);
    let last: Rectangle<S> | undefined;
    for (const [column, validFrom] of valids.entries()) {
      const state = foldEvents(
        handlers,
        undefined,
        known.filter((one) => one.at <= validFrom).map((one) => one.event),
      );
      const validTo = valids[column + 1] ?? FOREVER;
      if (state === undefined) last = undefined;
      else if (last && same(last.state, state)) last.validTo = validTo;
      else found.push((last = { validFrom, validTo, knownFrom, knownTo: knowns[row + 1] ?? FOREVER, state }));
    }
  }
  return found;
}
