import { api } from '../api/api.ts';
import { serverEvents } from './event-stream.ts';
import { heardFromServer, lostServer } from './freshness.ts';

/** A row that has moved: `kind/id` at this revision. */
export type Change = { view: string; kind: string; id: string; revision: number };
type Heard = { changes: Change[] } | { again: true };

const LOCK = 'rapport.changes';
const tabs = new BroadcastChannel(LOCK);
const listeners = new Set<(heard: Heard) => void>();
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

tabs.addEventListener('message', ({ data }: MessageEvent<Heard>) => tell(data, false));

function tell(heard: Heard, others: boolean): void {
  if (others) tabs.postMessage(heard);
  for (const listener of listeners) listener(heard);
}

/** Calls back for every change of a row that this user may see, and `again` after changes may have been missed. */
export function onChanges(listener: (heard: Heard) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows changes as long as the page is open. Of several tabs one follows for all: browsers allow few connections to a server. */
export function followChanges(): void {
  void navigator.locks.request(LOCK, () => follow());
}

async function follow(): Promise<never> {
  let pause = FIRST_PAUSE;
  let missed = false;
  for (;;) {
    try {
      const answer = await api.raw('/changes', { headers: { accept: 'text/event-stream' } });
      if (!answer.ok || !answer.body) throw new TypeError(`the changes answered ${answer.status}`);
      heardFromServer();
      if (missed) tell({ again: true }, true);
      [pause, missed] = [FIRST_PAUSE, true];
      await read(answer.body);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      lostServer();
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
      addEventListener('online', resolve, { once: true });
    });
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

/** Changes come one by one and are told together: an import moves thousands of rows. */
async function read(body: ReadableStream<Uint8Array>): Promise<void> {
  let waiting: Change[] = [];
  const flush = () => {
    if (waiting.length > 0) tell({ changes: waiting }, true);
    waiting = [];
  };
  const timer = setInterval(flush, 250);
  try {
    for await (const { event, data } of serverEvents(body)) if (event === 'change') waiting.push(JSON.parse(data) as Change);
  } finally {
    clearInterval(timer);
    flush();
  }
}
