import { setTimeout as sleep } from 'node:timers/promises';

export type Trouble = { group: string; log: string; attempt: number; error: unknown };

export type PersistOptions = {
  /** Waits before trying again; `attempt` counts from 1. Default: 100 ms, doubled each time up to 30 s. */
  delay?: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** Hears of every attempt that failed, before the wait. */
  onTrouble?: (trouble: Trouble) => void;
};

/**
 * Tries until it succeeds; undefined when the signal aborts first.
 *
 * @param work may say that it has got going: what fails after that fails for the first time
 */
export async function persist<T>(
  work: (going: () => void) => Promise<T>,
  { group, log, signal, delay = backOff, onTrouble = () => {} }: PersistOptions & { group: string; log: string; signal: AbortSignal },
): Promise<T | undefined> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await work(() => (attempt = 1));
    } catch (error) {
      if (signal.aborted) return undefined;
      onTrouble({ group, log, attempt, error });
      await delay(attempt, signal);
    }
  }
  return undefined;
}

const FIRST_WAIT = 100;
const LONGEST_WAIT = 30_000;

/** Ends early when the consumer is stopped. */
const backOff = (attempt: number, signal: AbortSignal) =>
  sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)), undefined, { signal }).catch(() => {});
