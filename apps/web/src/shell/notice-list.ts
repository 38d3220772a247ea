import { useSyncExternalStore } from 'react';

export type NoticeEntry = { id: number; title: string; detail?: string };

let list: readonly NoticeEntry[] = [];
let last = 0;
const MOST = 50;
const listeners = new Set<() => void>();
const become = (next: readonly NoticeEntry[]) => {
  list = next.slice(0, MOST);
  for (const listener of listeners) listener();
};

/** Keeps something that needs this person until they have seen it. */
export const note = (entry: Omit<NoticeEntry, 'id'>): void => become([{ ...entry, id: ++last }, ...list]);
const clear = () => become([]);

export function useNotices(): { list: readonly NoticeEntry[]; clear: () => void } {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => list,
  );
  return { list: now, clear };
}
