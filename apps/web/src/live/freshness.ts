import { useSyncExternalStore } from 'react';

/** How fresh what is shown is. `behind`: milliseconds that the views lagged when they last answered. `since`: when the connection was lost. */
export type Freshness = { state: 'fresh' } | { state: 'late'; behind: number } | { state: 'offline'; since: number };

const LATE = 2_000;
let now: Freshness = { state: 'fresh' };
const listeners = new Set<() => void>();

function become(next: Freshness): void {
  if (next.state === now.state && next.state !== 'late') return;
  now = next;
  for (const listener of listeners) listener();
}

/** The server was reached; `behind` as its answer said it. */
export function heardFromServer(behind = 0): void {
  become(behind > LATE ? { state: 'late', behind } : { state: 'fresh' });
}

/** The server cannot be reached. */
export function lostServer(at = Date.now()): void {
  if (now.state !== 'offline') become({ state: 'offline', since: at });
}

export const freshness = (): Freshness => now;
export const useFreshness = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, freshness);
