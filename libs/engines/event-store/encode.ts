import { bodyOf } from '#model';
import type { EncodedAppend } from './encoded.ts';
import { APPEND_LIMIT, EVENT_LIMIT, TooLarge, type StreamAppend } from './port.ts';

export { countEvents, type EncodedAppend } from './encoded.ts';

/**
 * Makes each event's JSON and checks the limits.
 *
 * @throws TooLarge when an event or the whole append exceeds its limit
 * @throws RangeError when events do not belong to the stream named or do not follow on `expected`: the caller's bug
 */
export function encodeAppends(appends: StreamAppend[]): EncodedAppend[] {
  let total = 0;
  const encoded = appends.map(({ tenant, stream, expected, events }) => {
    const one: EncodedAppend = { tenant, stream, expected, types: [], recordedAt: [], bodies: [] };
    events.forEach((event, i) => {
      if (event.tenant !== tenant || event.stream !== stream || event.revision !== expected + 1 + i) {
        throw new RangeError(`${event.stream} revision ${event.revision} does not belong at ${stream} revision ${expected + 1 + i}`);
      }
      const body = bodyOf(event);
      const bytes = Buffer.byteLength(body);
      if (bytes > EVENT_LIMIT) throw new TooLarge(bytes, EVENT_LIMIT);
      total += bytes;
      one.types.push(event.type);
      one.recordedAt.push(event.recordedAt);
      one.bodies.push(body);
    });
    return one;
  });
  if (total > APPEND_LIMIT) throw new TooLarge(total, APPEND_LIMIT);
  return encoded;
}
