import { isWhole, type StoredEvent } from '#model';
import type { LogFinding } from './port.ts';

/** The end of what has been checked of a stream: the next event must follow on it. */
export type Link = Pick<StoredEvent, 'revision' | 'hash' | 'position' | 'recordedAt'>;

/** Before a stream's first event. */
export const START: Link = { revision: 0, hash: '', position: 0, recordedAt: '' };

/** What is wrong with an event as the one after `previous`; undefined when it is right. `body`: its text as the engine gave it, if it keeps text. */
export function faultAfter(previous: Link, event: StoredEvent, tenant: string, stream: string, body?: string): LogFinding | undefined {
  const expected = previous.revision + 1;
  const finding = (fault: LogFinding['fault'], detail: string): LogFinding => ({
    tenant,
    stream,
    revision: expected,
    position: event.position,
    fault,
    detail,
  });
  if (event.tenant !== tenant || event.stream !== stream) return finding('hash', `holds an event of another stream`);
  if (event.revision > expected) return finding('gap', `revision ${expected} is missing, ${event.revision} follows`);
  if (event.revision < expected) return finding('order', `revision ${event.revision} stands where ${expected} belongs`);
  if (event.position <= previous.position) return finding('order', `position ${event.position} follows ${previous.position}`);
  if (!isWhole(event, previous.hash, body)) return finding('hash', 'the event is not the one whose hash it carries');
  return undefined;
}
