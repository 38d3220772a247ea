/** An event as the double keeps it. Revisions count from 0; positions have gaps and rise, across all streams. */
export type Recorded = { position: number; stream: string; revision: number; id: string; type: string; data: Buffer; created: number };
export type Proposed = { id: string; type: string; data: Buffer };
/** `expected`: the last revision, -1 where the stream must not exist. */
export type Append = { stream: string; expected: number; events: Proposed[] };
export type Conflict = { stream: string; expected: number; actual: number };

/**
 * What a KurrentDB keeps, as far as this adapter can tell: streams, one order over all of them, appends of several streams at once.
 *
 * @param takesRepeats whether an append that is there already, under the same ids, is taken again
 */
export function openRecords({ takesRepeats = true } = {}) {
  const all: Recorded[] = [];
  const streams = new Map<string, Recorded[]>();
  const listeners = new Set<(recorded: Recorded[]) => void>();
  let end = 4_096;

  const lastRevision = (stream: string) => streams.get(stream)?.at(-1)?.revision ?? -1;

  /** All of it is there already, under the same ids and at the same places. */
  const isRepeated = ({ stream, expected, events }: Append) =>
    events.every(({ id }, at) => streams.get(stream)?.find(({ revision }) => revision === expected + 1 + at)?.id === id);

  function write({ stream, expected, events }: Append): Recorded[] {
    const kept = streams.get(stream) ?? [];
    streams.set(stream, kept);
    return events.map((event, at) => {
      const recorded = { ...event, stream, revision: expected + 1 + at, position: end, created: Date.UTC(2026, 0, 1) };
      end += event.data.length + 97;
      kept.push(recorded);
      all.push(recorded);
      return recorded;
    });
  }

  return {
    all: all as readonly Recorded[],
    of: (stream: string): readonly Recorded[] => streams.get(stream) ?? [],
    /** All or nothing. @returns the conflict, or the position of the last event */
    append(appends: Append[]): Conflict | { position: number } {
      const conflicts = appends.filter(({ stream, expected }) => lastRevision(stream) !== expected);
      if (conflicts.length > 0) {
        if (takesRepeats && appends.every(isRepeated))
          return { position: Math.max(...appends.map(({ stream }) => streams.get(stream)!.at(-1)!.position)) };
        const [{ stream, expected }] = conflicts as [Append];
        return { stream, expected, actual: lastRevision(stream) };
      }
      const written = appends.flatMap(write);
      for (const listener of listeners) listener(written);
      return { position: written.at(-1)!.position };
    },
    onAppended(listener: (recorded: Recorded[]) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Alters what is kept, behind everybody's back; null removes it. */
    tamper(stream: string, revision: number, change: ((data: string) => string) | null): void {
      const kept = streams.get(stream)!;
      const at = kept.findIndex((one) => one.revision === revision);
      const one = kept[at]!;
      if (change) one.data = Buffer.from(change(one.data.toString()));
      else {
        kept.splice(at, 1);
        all.splice(all.indexOf(one), 1);
      }
    },
  };
}

export type Records = ReturnType<typeof openRecords>;
