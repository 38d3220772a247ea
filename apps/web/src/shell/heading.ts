import { useSyncExternalStore } from 'react';

export type Crumb = { text: string; to: string };
export type Heading = { title: string; crumbs: readonly Crumb[] };

let heading: Heading = { title: '', crumbs: [] };
const listeners = new Set<() => void>();

/** What the top bar and the browser's tab call the page. */
export function setHeading(next: Heading): void {
  heading = next;
  document.title = next.title ? `${next.title} · Rapport` : 'Rapport';
  for (const listener of listeners) listener();
}

export const useHeading = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => heading,
  );
