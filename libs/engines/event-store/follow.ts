import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, LogBatch } from './port.ts';

/**
 * Follows a log by reading it and by hearing of its new heads; what `subscribe` is on engines without a subscription of their own. Nothing is
 * missed or given twice: the listener is there before the first read, and every wake-up reads on from the last position given.
 */
export async function* followLog(
  log: Pick<EventStore, 'readLog' | 'onAppended'>,
  after: number,
  { signal, batch = 500 }: { signal: AbortSignal; batch?: number },
): AsyncGenerator<LogBatch> {
  const news = wakeUps(log, signal);
  let position = after;
  let level = false;
  try {
    while (!signal.aborted) {
      news.rearm();
      const events = await log.readLog(position, batch);
      if (signal.aborted) return;
      if (events.length > 0) {
        position = events.at(-1)!.position;
        level = false;
        yield { events };
        await nextTurn(); // reading is synchronous on some engines: let others have the loop between batches
        continue;
      }
      if (!level) {
        level = true;
        yield { caughtUp: true, position };
      }
      await news.wait();
    }
  } finally {
    news.stop();
  }
}

/** Something to wait on until the log has grown since `rearm`, or the signal aborts. */
export function wakeUps(log: Pick<EventStore, 'onAppended'>, signal: AbortSignal) {
  let woken = false;
  let tell: (() => void) | undefined;
  const wake = () => {
    woken = true;
    tell?.();
  };
  const forget = log.onAppended(wake);
  signal.addEventListener('abort', wake);
  return {
    rearm: () => void (woken = false),
    wait: () => (woken || signal.aborted ? Promise.resolve() : new Promise<void>((resolve) => (tell = resolve))),
    stop: () => {
      forget();
      signal.removeEventListener('abort', wake);
    },
  };
}
