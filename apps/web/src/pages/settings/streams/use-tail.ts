import { useEffect, useState } from 'react';
import { api } from '../../../api/api.ts';
import { problemOf } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Schemas } from '../../../api/schema.ts';
import { serverEvents } from '../../../live/event-stream.ts';

export type Told = Schemas['CloudEvent'];
export type Tail = { events: readonly Told[]; state: 'connecting' | 'live' | 'lost' | 'paused'; error?: unknown };

/** So many are kept, the newest. */
export const KEPT = 500;
/** What comes within a moment is drawn at once. */
const DRAWN_EVERY = 150;
const PAUSE = 2_000;

/** A service's events from a position on, and those that come, newest first. `address`: of the feed, with what is looked for, without `after`. */
export function useTail(address: string, after: number | undefined, paused: boolean): Tail {
  const [tail, setTail] = useState<Tail>({ events: [], state: 'connecting' });
  const [at, setAt] = useState<{ of: string; position: number }>();
  const asked = `${address} ${after}`;
  // What was read of something else is not kept.
  useEffect(() => setTail({ events: [], state: 'connecting' }), [asked]);
  useEffect(() => {
    if (after === undefined) return undefined;
    if (paused) return setTail((now) => ({ ...now, state: 'paused' }));
    const ending = new AbortController();
    let position = at?.of === asked ? at.position : after;
    let fresh: Told[] = [];
    const draw = () => {
      if (fresh.length === 0) return;
      const taken = fresh.toReversed();
      fresh = [];
      setTail((now) => ({ ...now, events: [...taken, ...now.events].slice(0, KEPT) }));
    };
    const drawing = setInterval(draw, DRAWN_EVERY);
    const follow = async () => {
      const answer = await api.raw(`${address}&after=${position}`, { headers: { accept: 'text/event-stream' }, signal: ending.signal });
      if (!answer.ok || !answer.body) throw await problemOf(answer);
      setTail((now) => ({ ...now, state: 'live' }));
      for await (const { data } of serverEvents(answer.body)) {
        const event = JSON.parse(data) as Told;
        position = event.position;
        fresh.push(event);
      }
    };
    const keepFollowing = async () => {
      while (!ending.signal.aborted) {
        try {
          await follow();
        } catch (error) {
          if (ending.signal.aborted) return;
          if (error instanceof ApiProblem && error.status < 500) return setTail((now) => ({ ...now, state: 'lost', error }));
        }
        if (ending.signal.aborted) return;
        setTail((now) => ({ ...now, state: 'lost' }));
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    };
    setTail((now) => ({ ...now, state: 'connecting', error: undefined }));
    void keepFollowing();
    return () => {
      ending.abort();
      clearInterval(drawing);
      draw();
      setAt({ of: asked, position });
    };
    // oxlint-disable-next-line react/exhaustive-deps -- where it had got to is read when it goes on, and is no reason to begin again
  }, [asked, paused]);
  return tail;
}
