/** An entry of one service's trail: all that merging needs of it. */
type Entry = { id: string; recordedAt: string };
/** How far one service has been read: what is still to be shown of it, and where its next page begins. */
export type Source<E extends Entry> = { service: string; left: readonly E[]; cursor?: string; done: boolean };

export const sourcesOf = <E extends Entry>(services: readonly string[]): Source<E>[] =>
  services.map((service) => ({ service, left: [], done: false }));

/** Services of which nothing is at hand, and more to be had: without them it is not known which entry is the newest. */
export const wanting = <E extends Entry>(sources: readonly Source<E>[]): Source<E>[] =>
  sources.filter(({ left, done }) => left.length === 0 && !done);

/**
 * Takes entries of several trails, newest first, as long as it is certain which one is: until a trail of which there is more has run out.
 *
 * @param limit how many at most
 */
export function takeNewest<E extends Entry>(sources: readonly Source<E>[], limit: number): { taken: E[]; sources: Source<E>[] } {
  const queues = sources.map((source) => ({ ...source, left: [...source.left] }));
  const taken: E[] = [];
  while (taken.length < limit && wanting(queues).length === 0) {
    const [first] = queues
      .filter(({ left }) => left.length > 0)
      .toSorted((a, b) => (a.left[0]!.recordedAt < b.left[0]!.recordedAt ? 1 : a.left[0]!.recordedAt > b.left[0]!.recordedAt ? -1 : 0));
    if (!first) break;
    taken.push(first.left.shift()!);
  }
  return { taken, sources: queues };
}

/** Entries that follow on each other and are of one act and one kind stand as one, the first of them, until somebody asks for the rest. */
export function runsOf<E extends { type: string; correlation: string; actor: string }>(entries: readonly E[], least = 3): E[][] {
  const runs: E[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    const [head] = last ?? [];
    if (last && head && head.type === entry.type && head.correlation === entry.correlation && head.actor === entry.actor) last.push(entry);
    else runs.push([entry]);
  }
  return runs.flatMap((run) => (run.length >= least ? [run] : run.map((one) => [one])));
}
