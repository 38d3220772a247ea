import { setTimeout as sleep } from 'node:timers/promises';
import { openSession, type Connections, type Reach, type Session } from '#engines/postgres';

/** How those who follow a log hear that it has grown, whoever wrote. */
export interface News {
  /** This process has written: its own followers hear of it at once, those of others by a notification. */
  written(head: number): void;
  onAppended(listener: (head: number) => void): () => void;
  close(): Promise<void>;
}

type Options = {
  reach: Reach;
  /** Sends the notifications. */
  connections: Connections;
  channel: string;
  head: () => Promise<number>;
  /** How often the head is asked for without a notification, in milliseconds: a notification can be lost, a position cannot. */
  pollEvery: number;
};

/** The first append after a pause is told at once; under load others need not hear of each, in milliseconds. */
const NOTIFY_EVERY = 5;

/**
 * A notification only says that it is time to ask. It is sent after the commit and outside of it: inside it would make the commits of all logs of a
 * server wait for each other. One that is lost, because its writer ended in between or a listener was cut off, is made up for by asking.
 */
export function logNews({ reach, connections, channel, head, pollEvery }: Options): News {
  const listeners = new Set<(head: number) => void>();
  let told = 0;
  const closing = new AbortController();
  const { signal } = closing;
  let asking: Promise<void> | undefined;
  let notifying: Promise<void> | undefined;
  let noticed = false;
  let wake = () => {};

  function tell(now: number) {
    if (now <= told) return;
    told = now;
    for (const listener of listeners) listener(now);
  }

  /** What is written while one is under way, or shortly after, shares the next. */
  async function notify() {
    for (let sent = 0; sent < told && !signal.aborted;) {
      sent = told;
      await connections.send({ text: `NOTIFY ${channel}` });
      await sleep(NOTIFY_EVERY, undefined, { signal });
    }
  }

  /** Listens and asks, as long as the log is open; a listener that was cut off is made anew at the next turn. */
  async function ask() {
    let session: Session | undefined;
    while (!signal.aborted) {
      noticed = false;
      try {
        session ??= await listen(() => (session = undefined));
        tell(await head());
      } catch {
        // The server is away: whoever reads hears of it there, and here it is asked again.
      }
      if (!noticed && !signal.aborted) await pause();
    }
    await session?.close();
  }

  async function listen(onEnd: () => void): Promise<Session> {
    const session = await openSession(reach, { onEnd, onNotice: wakeUp });
    try {
      await session.run(`LISTEN ${channel}`);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  function wakeUp() {
    noticed = true;
    wake();
  }

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollEvery);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    written(now) {
      tell(now);
      // What cannot be told is found by asking.
      notifying ??= notify()
        .catch(() => undefined)
        .finally(() => (notifying = undefined));
    },
    onAppended(listener) {
      listeners.add(listener);
      asking ??= ask();
      return () => void listeners.delete(listener);
    },
    async close() {
      closing.abort();
      wakeUp();
      await Promise.all([asking, notifying]);
    },
  };
}
