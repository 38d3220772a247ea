import type { EventStore, LogThread } from '#engines/event-store';
import { Freshness } from '#runtime';
import { tell, unavailable, type Spans } from '#service';
import { startThread, type Thread } from './threads.ts';

const PATIENCE = 2_000;

/**
 * What was true when, asked of a thread of its own that alone opens DuckDB. It starts with the first question, or with what first happens in sales; nothing is
 * answered before it is level with the logs.
 *
 * @throws Problem 503 `not-caught-up` from `ask`, while that takes longer than a client may wait
 */
export function openFigures(
  folder: string,
  log: LogThread,
  sales: Pick<EventStore, 'onAppended'>,
): { spans: Spans; close(): Promise<void> } {
  const freshness = new Freshness(['workspace', 'contacts', 'sales']);
  let thread: Promise<Thread | undefined> | undefined;
  const forget = sales.onAppended(() => void begin());

  /** Undefined when it cannot be started; the next question tries again. */
  function begin(): Promise<Thread | undefined> {
    thread ??= startThread('figures', folder, log, (applied) => freshness.applied(applied)).catch((error: Error) => {
      thread = undefined;
      tell('error', 'figures cannot be kept', { error: error.name, message: error.message });
      return undefined;
    });
    return thread;
  }

  async function started(): Promise<Thread> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const problem = unavailable('not-caught-up', 'The figures are being brought up to date; ask again.');
      timer = setTimeout(() => reject(problem), PATIENCE);
    });
    const found = await Promise.race([begin(), late]).finally(() => clearTimeout(timer));
    if (!found) throw unavailable('figures-unavailable', 'Figures are not kept in this process at the moment.', 5);
    return found;
  }

  return {
    spans: {
      ask: async (sql, values) => (await started()).call('ask', sql, values),
      get freshness() {
        void begin();
        return freshness;
      },
    },
    async close() {
      forget();
      await (await thread)?.close();
    },
  };
}
