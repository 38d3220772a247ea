import { randomUUID } from 'node:crypto';
import type { Kafka, Producer } from 'kafkajs';
import { persist, type PersistOptions } from '../persist.ts';
import type { EventBus } from '../port.ts';
import { readAlone } from './alone.ts';
import { NO_LONGER } from './client.ts';
import type { Topics } from './topics.ts';

/** What comes within so many milliseconds goes in one message. */
const GATHER = 50;
/** More than that at once is nothing anybody looks at one by one. */
const MOST = 2_000;

/** What processes tell each other and nobody keeps: a topic of one partition, read from its present end. */
export function hinting(kafka: Kafka, topics: Topics, how: PersistOptions): Pick<EventBus, 'hint' | 'onHint'> & { close(): Promise<void> } {
  const me = randomUUID();
  const stopping = new AbortController();
  const { signal } = stopping;
  const listeners = new Map<string, Set<(hints: unknown[]) => void>>();
  const waiting = new Map<string, unknown[]>();
  let timer: NodeJS.Timeout | undefined;
  let producer: Promise<Producer> | undefined;
  let listening: Promise<unknown> | undefined;

  async function connect(): Promise<Producer> {
    await topics.prepareHints();
    const made = kafka.producer({ allowAutoTopicCreation: false, retry: NO_LONGER });
    await made.connect();
    return made;
  }

  async function flush(): Promise<void> {
    timer = undefined;
    const messages = [...waiting].map(([about, hints]) => ({ key: about, value: JSON.stringify({ from: me, hints }) }));
    waiting.clear();
    try {
      await (await (producer ??= connect())).send({ topic: topics.hints, acks: 1, messages });
    } catch (error) {
      // Whoever would have heard of it sees it when they look the next time.
      producer = undefined;
      how.onTrouble?.({ group: 'hints', log: '', attempt: 1, error });
    }
  }

  function take(about: string, text: string): void {
    const hints = hintsIn(text, me);
    for (const listener of listeners.get(about) ?? []) if (hints.length > 0) listener(hints);
  }

  async function listen(going: () => void): Promise<void> {
    await topics.prepareHints();
    await readAlone(
      kafka,
      { topic: topics.hints, group: topics.groupOf('hints'), fromBeginning: false, signal, going },
      ({ key, value }) => {
        if (key && value) take(key.toString(), value.toString());
      },
    );
  }

  return {
    hint(about, hints) {
      if (signal.aborted || hints.length === 0) return;
      const gathered = waiting.get(about) ?? [];
      waiting.set(about, gathered);
      if (gathered.length < MOST) gathered.push(...hints.slice(0, MOST));
      timer ??= setTimeout(() => void flush(), GATHER);
    },
    onHint(about, listener) {
      listening ??= persist(listen, { ...how, group: 'hints', log: '', signal });
      listeners.set(about, (listeners.get(about) ?? new Set()).add(listener));
      return () => void listeners.get(about)?.delete(listener);
    },
    async close() {
      stopping.abort();
      clearTimeout(timer);
      await listening;
      // One that could not be connected need not be closed.
      await (await producer?.catch(() => undefined))?.disconnect();
    },
  };
}

/** What others than this process hint at. */
function hintsIn(text: string, me: string): unknown[] {
  try {
    const { from, hints } = JSON.parse(text) as { from?: string; hints?: unknown };
    return from !== me && Array.isArray(hints) ? hints : [];
  } catch {
    return []; // none of ours: nobody is told of it
  }
}
