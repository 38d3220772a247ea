import { useSyncExternalStore } from 'react';
import { api } from '../api/api.ts';
import { newAct, type Act } from '../api/client.ts';
import type { Schemas } from '../api/schema.ts';
import { queryClient } from '../queries/client.ts';

/**
 * What this user has done, newest first: each can be taken back by its correlation, for as long as it stands here. `said`: the sentence of its notice.
 * `back`: the correlation of the undo, by which it is done again.
 */
export type Done = {
  act: string;
  service: string;
  said: string;
  at: number;
  state: 'done' | 'undoing' | 'undone' | 'partly';
  back?: string;
  left?: Schemas['Undone']['conflicts'];
  of?: number;
};

const KEY = 'rapport.done';
const MOST = 50;
/** Ctrl Z goes back this far. */
export const UNDO_FOR = 30 * 60_000;

let list = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Done[];
const listeners = new Set<() => void>();

function become(next: Done[]): void {
  list = next.slice(0, MOST);
  sessionStorage.setItem(KEY, JSON.stringify(list));
  for (const listener of listeners) listener();
}
const change = (act: string, patch: Partial<Done>) => become(list.map((one) => (one.act === act ? { ...one, ...patch } : one)));

export const doneNow = (): readonly Done[] => list;
export const onDone = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useDone = () => useSyncExternalStore(onDone, doneNow);

/**
 * One act of the user, undoable: what it sends carries its correlation. Announced when it has been taken; what is refused is thrown.
 *
 * @param said the notice, made of what was answered; undefined where nothing came of it
 * @param correlationOf by which it is taken back, where the server gave it another correlation: an undo has one of its own
 * @returns the answer, and the act by its correlation where it stands in the list
 */
export async function perform<T>(
  service: string,
  run: (act: Act) => Promise<T>,
  said: (answer: T) => string | undefined,
  correlationOf?: (answer: T) => string,
): Promise<{ answer: T; act?: string }> {
  const { correlation, key } = newAct();
  const answer = await run({ correlation, key });
  const text = said(answer);
  if (text === undefined) return { answer };
  const act = correlationOf?.(answer) ?? correlation;
  become([{ act, service, said: text, at: Date.now(), state: 'done' }, ...list]);
  return { answer, act };
}

/**
 * Takes back one event of a record's history, whoever was its cause; that too can be taken back.
 *
 * @returns what is left of it where somebody has changed the same since, and why
 */
export async function undoEvent(
  service: string,
  event: string,
  said: string,
): Promise<{ act: string; left: Schemas['Undone']['conflicts'] }> {
  const { data } = await api.send<Schemas['Undone']>('post', `/services/${service}/undo`, { event });
  const left = [...data.conflicts, ...data.cannot];
  if (data.done > 0) noteDone(service, data.correlation, said);
  await queryClient.invalidateQueries();
  return { act: data.correlation, left };
}

/** Notes what was done under a correlation of the server's own, an import or an undo of many: it is taken back like any other. */
export function noteDone(service: string, act: string, said: string): Done {
  const done: Done = { act, service, said, at: Date.now(), state: 'done' };
  become([done, ...list.filter((one) => one.act !== act)]);
  return done;
}

/** Takes an act back. @returns what could not be, and why */
export async function undo(done: Done): Promise<void> {
  change(done.act, { state: 'undoing' });
  try {
    const { data } = await takeBack(done.service, done.act);
    const left = [...data.conflicts, ...data.cannot];
    const now = {
      state: left.length > 0 ? ('partly' as const) : ('undone' as const),
      left,
      back: data.correlation,
      of: data.done + left.length,
      at: Date.now(),
    };
    change(done.act, now);
  } catch (error) {
    change(done.act, { state: 'done' });
    throw error;
  }
}

/** Does again what was taken back: the undo is itself undone. */
export async function redo(done: Done): Promise<void> {
  if (!done.back) return;
  const { data } = await takeBack(done.service, done.back);
  change(done.act, { state: 'done', act: data.correlation, back: undefined, left: undefined, at: Date.now() });
}

async function takeBack(service: string, correlation: string) {
  const answer = await api.send<Schemas['Undone']>('post', `/services/${service}/undo`, { correlation });
  await queryClient.invalidateQueries();
  return answer;
}
