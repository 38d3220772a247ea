import { useEffect, useRef, useSyncExternalStore } from 'react';
import { lookNow } from '../theme/look.ts';

/**
 * A key or two in a row: `KeyJ`, `Shift+KeyX`, `Mod+KeyK`, `KeyG KeyH`. Letters are named by their place on the keyboard, so that they work on Hebrew
 * and Cyrillic layouts; `Mod` is Ctrl, or ⌘ on a Mac.
 */
export type Combo = string;
/** `says`: for the list of keys; without it the shortcut is not listed. `inFields`: also while something is typed. */
export type Shortcut = { keys: Combo; run: (event: KeyboardEvent) => void; says?: string; group?: string; inFields?: boolean };

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
const bound: Shortcut[] = [];
const listeners = new Set<() => void>();
let listed: readonly Shortcut[] = [];
let first: { code: string; at: number } | undefined;
const SECOND_WITHIN = 1_200;

/** Binds shortcuts as long as the component is there; of several for the same keys the last one bound acts. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts.map(({ keys, says }) => `${keys} ${says ?? ''}`).join('\n');
  useEffect(() => {
    const mine = latest.current.map((one, at) => ({ ...one, run: (event: KeyboardEvent) => latest.current[at]?.run(event) }));
    bound.push(...mine);
    list();
    return () => {
      for (const one of mine) bound.splice(bound.indexOf(one), 1);
      list();
    };
  }, [names]);
}

function list(): void {
  listed = bound.filter(({ says }) => says !== undefined);
  for (const listener of listeners) listener();
}

/** The shortcuts that can be used right now. */
export const useListed = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listed,
  );

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !isTick(target);
const isTick = (target: HTMLElement) => target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type);
/** While a dialog or a menu is open, keys are its own. */
const isCovered = () => document.querySelector('[aria-modal="true"], [role="menu"]') !== null;

/** The combination that was pressed, as shortcuts name it. */
export function comboOf(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): Combo {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code}`;
}

/** Looked up before anybody acts on the key: the Esc that closes a dialog is the dialog's, although it is gone when the key comes to us. */
let covered = false;
addEventListener('keydown', () => void (covered = isCovered()), { capture: true });

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const combo = comboOf(event);
  const letters = lookNow().letters !== false;
  const chosen = (keys: Combo) =>
    bound.findLast(
      (one) => one.keys === keys && (one.inFields || (!isField(event.target) && !covered)) && (letters || keys.includes('Mod+')),
    );
  const second = first && event.timeStamp - first.at < SECOND_WITHIN ? chosen(`${first.code} ${combo}`) : undefined;
  first = undefined;
  const found = second ?? chosen(combo);
  if (found) {
    event.preventDefault();
    return found.run(event);
  }
  if (bound.some(({ keys }) => keys.startsWith(`${combo} `)) && !isField(event.target)) first = { code: combo, at: event.timeStamp };
});

/** A combination as it stands on keys: `Ctrl K`, `G H`, `Shift X`. */
export function keyNames(combo: Combo): string[] {
  return combo.split(/[ +]/).map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Slash') return '/';
    if (part === 'BracketLeft') return '[';
    if (part === 'BracketRight') return ']';
    return part.replace(/^(Key|Digit)/, '').replace('Arrow', '');
  });
}
