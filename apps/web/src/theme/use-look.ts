import { useSyncExternalStore } from 'react';
import { languageNow, lookNow, onLook, schemeNow, type Look } from './look.ts';

/** How the pages look; the component shows itself anew when that changes. */
export function useLook(): Look {
  return useSyncExternalStore(onLook, lookNow);
}

export const useLanguage = () => useSyncExternalStore(onLook, languageNow);
export const useScheme = () => useSyncExternalStore(onLook, schemeNow);
