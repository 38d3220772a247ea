const KEY = 'rapport.recent';
const MOST = 8;

export type Recent = { kind: string; id: string };

/** Records that were looked at last, by their ids alone: what they are called is asked for when they are shown. */
export const recentNow = (): Recent[] => JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Recent[];

/** Notes that a record was looked at. */
export function visited(kind: string, id: string): void {
  const others = recentNow().filter((one) => one.kind !== kind || one.id !== id);
  sessionStorage.setItem(KEY, JSON.stringify([{ kind, id }, ...others].slice(0, MOST)));
}
