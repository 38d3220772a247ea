import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { IconName } from '../../parts/icon.tsx';

/** Something the palette can do, besides going somewhere. `keys`: its shortcut, to be learnt. */
export type PaletteAction = { id: string; text: string; icon: IconName; keys?: string; run: () => void };

let open = false;
const actions: PaletteAction[] = [];
let listed: readonly PaletteAction[] = [];
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function openPalette(): void {
  open = true;
  tell();
}
export function closePalette(): void {
  open = false;
  tell();
}
export const usePaletteOpen = () => useSyncExternalStore(subscribe, () => open);
export const useActions = () => useSyncExternalStore(subscribe, () => listed);

/** Offers actions in the palette as long as the component is there. */
export function usePaletteActions(offered: readonly PaletteAction[]): void {
  const latest = useRef(offered);
  useEffect(() => {
    latest.current = offered;
  });
  const names = offered.map(({ id, text }) => `${id} ${text}`).join('\n');
  useEffect(() => {
    const mine = latest.current.map((one, at) => ({ ...one, run: () => latest.current[at]?.run() }));
    actions.push(...mine);
    listed = [...actions];
    tell();
    return () => {
      for (const one of mine) actions.splice(actions.indexOf(one), 1);
      listed = [...actions];
      tell();
    };
  }, [names]);
}
