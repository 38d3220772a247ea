const KEY = 'rapport.as';

/**
 * Whose eyes this tab looks through, if not one's own: whoever manages the workspace may look at it as somebody else does (`Rapport-As`). The server lets
 * nothing be changed meanwhile. It is kept for the tab, so that it outlives a reload; going over and back loads the pages anew, so that nothing of
 * the one is left for the other.
 */
export const seeingAs = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;

export function seeAs(user: string): void {
  sessionStorage.setItem(KEY, user);
  location.assign('/');
}

/** Looks with one's own eyes again. @param at where to go on */
export function seeAsOneself(at = '/'): void {
  sessionStorage.removeItem(KEY);
  location.assign(at);
}
