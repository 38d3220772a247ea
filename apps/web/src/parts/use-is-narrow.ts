import { useCallback, useSyncExternalStore } from 'react';

const NARROW = '(max-width: 720px)';
const lists = new Map<string, MediaQueryList>();
const listOf = (query: string): MediaQueryList => lists.get(query) ?? lists.set(query, matchMedia(query)).get(query)!;

/** Whether a media query holds at the moment. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      listOf(query).addEventListener('change', listener);
      return () => listOf(query).removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query).matches);
}

/** Whether the window is as narrow as a phone: then lists are cards, and what is hovered is not there. */
export const useIsNarrow = (): boolean => useMedia(NARROW);
