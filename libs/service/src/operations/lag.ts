import type { Runtime } from '#runtime';

const meters = new WeakMap<Runtime, () => number>();

/** Milliseconds that the service's views are behind its own log, as `Rapport-Fresh` says them; 0 when they have seen everything. */
export function lagOf(runtime: Runtime, now: () => number = Date.now): number {
  let meter = meters.get(runtime);
  if (!meter) meters.set(runtime, (meter = measure(runtime, now)));
  return meter();
}

/** Remembers when the first append came that the views have not applied yet; nothing is asked of an engine per request. */
function measure({ engines, freshness, service }: Runtime, now: () => number): () => number {
  let head = 0;
  let since: number | undefined;
  engines.log.onAppended((to) => {
    head = to;
    since ??= now();
  });
  freshness.onApplied(({ log }) => {
    if (log === service && freshness.position(service) >= head) since = undefined;
  });
  return () => (since === undefined || freshness.position(service) >= head ? 0 : now() - since);
}
