import type { Schemas } from '../../../api/schema.ts';

type Status = Schemas['ProjectionStatus'];
export type State = 'live' | 'behind' | 'catching-up' | 'rebuilding';

/** How a projection is. `since`: from when on it was seen to lag. `most`: how many events it had before it when its way was first seen. */
export type Projection = {
  service: string;
  view: string;
  version: string;
  state: State;
  lag: number;
  parked: number;
  since?: number;
  most?: number;
};

/** What is written is applied a moment later; who lags for longer is behind. */
const BEHIND_AFTER = 2_000;
const TROUBLE: readonly State[] = ['behind', 'catching-up', 'rebuilding', 'live'];

/** A service's projections, one each: one that is rebuilt stands twice in the answer. `before`: how they were when last asked. */
export function projectionsOf(service: string, statuses: readonly Status[], before: readonly Projection[], now: number): Projection[] {
  const names = [...new Set(statuses.map(({ view }) => view))];
  return names.map((view) => {
    const own = statuses.filter((status) => status.view === view);
    const one = own.find(({ state }) => state !== 'live') ?? own[0]!;
    const last = before.find((earlier) => earlier.view === view);
    const { lag } = one;
    const since = lag > 0 ? (last?.since ?? now) : undefined;
    const state = one.state !== 'live' ? one.state : since !== undefined && now - since >= BEHIND_AFTER ? 'behind' : 'live';
    const read = own.find((status) => status.state === 'live') ?? one;
    return {
      service,
      view,
      version: /@(\d+)/.exec(read.storage)?.[1] ?? '',
      state,
      lag,
      parked: Math.max(...own.map(({ parkedStreams }) => parkedStreams)),
      ...(since === undefined ? {} : { since }),
      ...(one.state === 'live' ? {} : { most: Math.max(lag, last?.state === one.state ? (last.most ?? 0) : 0) }),
    };
  });
}

/** What needs somebody first; then those at work; then as they come. */
export const byTrouble = (list: readonly Projection[]): Projection[] =>
  list.toSorted((a, b) => Number(b.parked > 0) - Number(a.parked > 0) || TROUBLE.indexOf(a.state) - TROUBLE.indexOf(b.state));
