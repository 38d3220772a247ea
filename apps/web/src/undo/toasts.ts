import { useSyncExternalStore } from 'react';

/** A notice at the foot of the page: what was done (`act`: which can be undone), or what went wrong. */
export type Toast = { id: number; act?: string; text?: string; problem?: { title: string; detail?: string } };

let list: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
const become = (next: Toast[]) => {
  list = next;
  for (const listener of listeners) listener();
};

/** Shows a notice; one of an act replaces the former one of the same act. */
export function toast(what: Omit<Toast, 'id'>): void {
  become([...list.filter((one) => !what.act || one.act !== what.act).slice(-2), { ...what, id: ++last }]);
}
export const closeToast = (id: number): void => become(list.filter((one) => one.id !== id));
export const toastsNow = (): readonly Toast[] => list;
export const useToasts = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, toastsNow);
