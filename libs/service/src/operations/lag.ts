import type { Runtime } from '#runtime';

const meters = new WeakMap<Runtime, () => number>();
/** Appends within so many milliseconds are not told apart. */
const GRAIN = 5;

/** Milliseconds that the service's views are behind its own log, as `Rapport-Fresh` says them: how long ago the oldest event was appended that they have not seen. */
export function lagOf(runtime: Runtime, now: () => number = Date.now): number {
  let meter = meters.get(runtime);
  if (!meter) meters.set(runtime, (meter = measure(runtime, now)));
  return meter();
}

/** Remembers when what the views have not applied yet was appended; nothing is asked of an engine per request. */
function measure({ engines, freshness, service }: Pick<Runtime, 'engines' | 'freshness' | 'service'>, now: () => number): () => number {
  const unseen: { head: number; at: number }[] = [];
  const seen = (position: number) => {
    while (unseen.length > 0 && unseen[0]!.head <= position) unseen.shift();
  };
  engines.log.onAppended((head) => {
    const [newest, at] = [unseen.at(-1), now()];
    if (newest && at - newest.at < GRAIN) newest.head = head;
    else unseen.push({ head, at });
    // The views may have heard of it before.
    seen(freshness.position(service));
  });
  freshness.onApplied(({ log }) => {
    if (log === service) seen(freshness.position(service));
  });
  return () => (unseen.length === 0 ? 0 : now() - unseen[0]!.at);
}
