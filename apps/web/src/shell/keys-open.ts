import { useSyncExternalStore } from 'react';

let open = false;
const listeners = new Set<() => void>();
const become = (next: boolean) => {
  open = next;
  for (const listener of listeners) listener();
};

/** Shows the list of keys. */
export const showKeys = () => become(true);
export const hideKeys = () => become(false);
export const useKeysOpen = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
