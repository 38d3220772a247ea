import { END, streamNameFilter, type AllStreamSubscription, type KurrentDBClient, type Position } from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '../port.ts';
import { unavailable } from './connection.ts';
import { positionOf } from './reader.ts';

/** What is known of a log's end without asking each time: by own appends and by a subscription to what others append. */
export type Live = {
  head(): Promise<number>;
  onAppended(listener: (head: number) => void): () => void;
  /** Runs an append; what the subscription says meanwhile waits for its answer, so that listeners hear of it once. */
  appending<T extends { position: number }>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;
/** In the server's units of 32 events that are none of ours: how often it says how far it has looked. */
const CHECKPOINT_EVERY = 32;

/** A subscription that could not be made: `ended` has seen to the next attempt. */
const heard = () => undefined;

/** @param readHead asks the server for the log's end */
export function openLive(client: KurrentDBClient, prefix: string, readHead: () => Promise<number>): Live {
  const listeners = new Set<(head: number) => void>();
  let [head, told, appends] = [0, 0, 0];
  let closed = false;
  let subscription: AllStreamSubscription | undefined;
  /** How far the subscription has looked; the next one goes on from there. */
  let looked: Position | undefined;
  /** Pending or done while the subscription runs. */
  let established: Promise<void> | undefined;
  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | undefined;

  function advance(to: number): void {
    head = Math.max(head, to);
    if (appends > 0 || head === told) return;
    told = head;
    for (const listener of listeners) listener(head);
  }

  function establish(): Promise<void> {
    established ??= new Promise<void>((resolve, reject) => {
      const filter = streamNameFilter({
        prefixes: [prefix],
        checkpointInterval: CHECKPOINT_EVERY,
        checkpointReached: (_, position) => void (looked = position),
      });
      const mine = client.subscribeToAll({ fromPosition: looked ?? END, filter });
      subscription = mine;
      const ended = (error?: Error) => {
        if (subscription !== mine) return;
        subscription = established = undefined;
        mine.destroy();
        reject(unavailable(error ?? new Error('the subscription ended')));
        again();
      };
      mine
        .on('data', ({ event }) => {
          if (!event) return;
          looked = event.position;
          advance(positionOf(event));
        })
        .once('confirmation', () => {
          pause = FIRST_PAUSE;
          // What was appended before is asked for; what comes after is told.
          readHead().then((now) => (advance(now), resolve()), ended);
        })
        .once('error', ended)
        .once('close', () => ended());
    });
    return established;
  }

  /** While somebody listens, a subscription that broke is made again. */
  function again(): void {
    if (closed || listeners.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => establish().catch(heard), pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }

  return {
    async head() {
      if (closed) throw new StoreUnavailable('the log is closed');
      await establish();
      return head;
    },
    onAppended(listener) {
      listeners.add(listener);
      establish().catch(heard);
      return () => void listeners.delete(listener);
    },
    async appending(work) {
      appends++;
      let position = head;
      try {
        const done = await work();
        ({ position } = done);
        return done;
      } finally {
        appends--;
        advance(position);
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      const last = subscription;
      subscription = established = undefined;
      await last?.unsubscribe();
      last?.destroy();
    },
  };
}
