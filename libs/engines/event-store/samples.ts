import { hashOf, type StoredEvent } from '#model';
import type { StreamAppend } from './port.ts';

type Tail = { revision: number; hash: string; recordedAt?: string };

/**
 * Makes complete, rightly chained events for contract suites and measurements: remembers where each stream ends, so that the next append
 * follows on it.
 *
 * @param seed part of every id, so that two makers never name the same event
 */
export function sampleEvents(seed = 'a') {
  const tails = new Map<string, Tail>();
  let made = 0;

  function event(tenant: string, stream: string, tail: Tail, note: string): Omit<StoredEvent, 'position'> {
    const n = ++made;
    const id = `${seed}-${n}`;
    const now = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
    const at = tail.recordedAt && tail.recordedAt > now ? tail.recordedAt : now;
    const body = {
      id,
      type: `${stream.split('/')[0]}.${n % 2 ? 'noted' : 'changed'}`,
      schemaVersion: 1,
      tenant,
      stream,
      revision: tail.revision + 1,
      recordedAt: at,
      occurredAt: at,
      actor: 'user-1',
      commandId: `command-${id}`,
      bodyHash: '0'.repeat(64),
      correlationId: `command-${id}`,
      causationId: `command-${id}`,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      about: [stream],
      data: { note, n },
    };
    return { ...body, hash: hashOf(body, tail.hash) };
  }

  return {
    /** The next events of a stream, to be appended under `expected`; the maker takes it that they will be, unless `forget` is called. */
    next(tenant: string, stream: string, count = 1, note = 'Ten desks'): StreamAppend {
      const key = `${tenant}\n${stream}`;
      let tail = tails.get(key) ?? { revision: 0, hash: '' };
      const expected = tail.revision;
      const events = Array.from({ length: count }, () => {
        const one = event(tenant, stream, tail, note);
        tail = one;
        return one;
      });
      tails.set(key, tail);
      return { tenant, stream, expected, events };
    },
    /** Makes the stream end here: what was made after it has not been written. */
    rewind(tenant: string, stream: string, tail: Tail = { revision: 0, hash: '' }) {
      tails.set(`${tenant}\n${stream}`, tail);
    },
  };
}
