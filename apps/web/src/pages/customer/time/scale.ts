/** A stretch of time and its place on the track, as shares of it. `quiet`: nothing happened for so long that it is drawn short. */
export type Stretch = { from: number; to: number; start: number; size: number; quiet: boolean };

/** Where times stand on the track (0 its beginning, 1 its end), and back. */
export type Scale = {
  from: number;
  to: number;
  stretches: readonly Stretch[];
  placeOf: (at: number) => number;
  timeAt: (place: number) => number;
};

export type Zoom = 'life' | 'year' | 'quarter' | 'month';
const DAY = 86_400_000;
const LENGTHS = { year: 365 * DAY, quarter: 91 * DAY, month: 31 * DAY } as const;
const QUIET_SHARE = 0.05;
const MOST_QUIET = 3;

/**
 * A whole life on one track. Where nothing happened for a long time, compared with the rest, that time is drawn short: a customer of ten years who was
 * busy in one of them is seen in that one.
 *
 * @param times when something happened, ascending; @param now the end of the track
 */
export function lifeScale(times: readonly number[], now: number): Scale {
  const first = Math.min(times[0] ?? now, now);
  const length = Math.max(now - first, 60_000);
  const from = first - length * 0.015;
  const points = [...times.filter((time) => time < now), now];
  const gaps = points
    .slice(1)
    .map((to, at) => ({ from: points[at]!, to }))
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  const quiet: { from: number; to: number }[] = [];
  for (const gap of gaps.slice(0, MOST_QUIET)) {
    const rest = now - from - quiet.reduce((sum, one) => sum + one.to - one.from, 0);
    const without = rest - (gap.to - gap.from);
    if (gap.to - gap.from < Math.max(60 * DAY, rest * 0.3)) break;
    // Some of the silence stays around what happened.
    const pad = Math.min((gap.to - gap.from) / 4, Math.max(without * 0.06, 5 * DAY));
    quiet.push({ from: gap.from + pad, to: gap.to - (gap.to === now ? pad / 4 : pad) });
  }
  return scaleOf(from, now, quiet);
}

/** Part of a life: so long, around the moment that is shown. */
export function windowScale(zoom: Exclude<Zoom, 'life'>, around: number, life: Scale): Scale {
  const length = Math.min(LENGTHS[zoom], life.to - life.from);
  const to = Math.min(life.to, Math.max(around + length / 3, life.from + length));
  return scaleOf(to - length, to, []);
}

function scaleOf(from: number, to: number, quiet: readonly { from: number; to: number }[]): Scale {
  const sorted = [...quiet].sort((a, b) => a.from - b.from);
  const edges = [from, ...sorted.flatMap((one) => [one.from, one.to]), to];
  const spans = edges.slice(1).map((end, at) => ({ from: edges[at]!, to: end, quiet: at % 2 === 1 }));
  const loud = spans.filter((span) => !span.quiet).reduce((sum, span) => sum + span.to - span.from, 0);
  const room = 1 - QUIET_SHARE * sorted.length;
  let start = 0;
  const stretches = spans.map((span): Stretch => {
    const size = span.quiet ? QUIET_SHARE : ((span.to - span.from) / loud) * room;
    const stretch = { ...span, start, size };
    start += size;
    return stretch;
  });
  return {
    from,
    to,
    stretches,
    placeOf(at) {
      const on = stretches.find((one) => at <= one.to) ?? stretches.at(-1)!;
      const share = on.to === on.from ? 0 : (at - on.from) / (on.to - on.from);
      return Math.min(1, Math.max(0, on.start + share * on.size));
    },
    timeAt(place) {
      const on = stretches.find((one) => place <= one.start + one.size) ?? stretches.at(-1)!;
      const share = Math.min(1, Math.max(0, (place - on.start) / on.size));
      return Math.round(on.from + share * (on.to - on.from));
    },
  };
}

/** How many things happened in each of so many equal parts of the track. */
export function barsOf(times: readonly number[], scale: Scale, parts: number): number[] {
  const bars = Array.from({ length: parts }, () => 0);
  for (const time of times)
    if (time >= scale.from && time <= scale.to) bars[Math.min(parts - 1, Math.floor(scale.placeOf(time) * parts))]!++;
  return bars;
}

export type Lane<T> = { item: T; from: number; to: number; lane: number };

/** Lines that overlap in time beside each other, in as few lanes as it takes, at most `most`: then they share the one that is free first. */
export function lanesOf<T>(items: readonly T[], spanOf: (item: T) => { from: number; to: number }, most: number): Lane<T>[] {
  const ends: number[] = [];
  return items
    .map((item) => ({ item, ...spanOf(item) }))
    .sort((a, b) => a.from - b.from)
    .map((one) => {
      let lane = ends.findIndex((end) => end < one.from);
      if (lane === -1) lane = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
      ends[lane] = Math.max(ends[lane] ?? 0, one.to);
      return { ...one, lane };
    });
}
