import type { StoredEvent } from '#model';
import { faultAfter, START, streamKey, unreadable, type Link } from './chain.ts';
import type { LogFinding } from './port.ts';

export type Report = (finding: LogFinding) => void;
export type Entry = { tenant: string; stream: string; revision: number; position: number };

/** Judges entries that come by tenant, stream and revision: contiguity, order, hashes, times. A text in place of an event says why it cannot be read. */
export function streamJudge(report: Report): (entry: Entry, event: StoredEvent | string) => void {
  let last: Entry | undefined;
  let previous: Link | undefined; // undefined: the event before could not be read, so this one's hash cannot be judged
  return (entry, event) => {
    if (entry.tenant !== last?.tenant || entry.stream !== last.stream) previous = START;
    last = entry;
    previous = judged(report, previous, entry, event);
  };
}

/** Judges entries that come in the log's own order, its streams mixed. It remembers the end of each stream, some 300 bytes. */
export function logJudge(report: Report): (entry: Entry, event: StoredEvent | string) => void {
  const ends = new Map<string, Link | undefined>();
  return (entry, event) => {
    const key = streamKey(entry);
    const end = judged(report, ends.has(key) ? ends.get(key) : START, entry, event);
    ends.set(key, end && { revision: end.revision, hash: end.hash, position: end.position, recordedAt: end.recordedAt });
  };
}

/** @returns the stream's new end; undefined when it cannot be read */
function judged(report: Report, previous: Link | undefined, entry: Entry, event: StoredEvent | string): Link | undefined {
  if (typeof event === 'string') {
    report(unreadable(entry, event));
    return undefined;
  }
  const fault = previous && (faultAfter(previous, event, entry.tenant, entry.stream) ?? backwards(previous, event));
  if (fault) report(fault);
  return event;
}

/** Judges positions that come in order, on engines that leave none out. */
export function positionJudge(report: Report): (position: number) => void {
  let last = 0;
  return (position) => {
    if (position !== last + 1) {
      const missing = position === last + 2 ? `position ${last + 1} is` : `positions ${last + 1} to ${position - 1} are`;
      report({ tenant: '', stream: '', revision: 0, position: last + 1, fault: 'gap', detail: `${missing} missing from the log` });
    }
    last = position;
  };
}

function backwards(previous: Link, { tenant, stream, revision, position, recordedAt }: StoredEvent): LogFinding | undefined {
  if (recordedAt >= previous.recordedAt) return undefined;
  return {
    tenant,
    stream,
    revision,
    position,
    fault: 'order',
    detail: `recorded at ${recordedAt}, the event before it at ${previous.recordedAt}`,
  };
}
