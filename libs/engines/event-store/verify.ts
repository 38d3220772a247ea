import type { StoredEvent } from '#model';
import { faultAfter, START, unreadable, type Link } from './chain.ts';
import type { LogFinding } from './port.ts';

export type Report = (finding: LogFinding) => void;
export type Entry = { tenant: string; stream: string; revision: number; position: number };

/** Judges entries that come by tenant, stream and revision: contiguity, order, hashes, times. A text in place of an event says why it cannot be read. */
export function streamJudge(report: Report): (entry: Entry, event: StoredEvent | string) => void {
  let last: Entry | undefined;
  let previous: Link | undefined; // undefined: the event before could not be read, so this one's hash cannot be judged
  return (entry, event) => {
    const { tenant, stream } = entry;
    if (tenant !== last?.tenant || stream !== last.stream) previous = START;
    last = entry;
    if (typeof event === 'string') {
      report(unreadable(entry, event));
      previous = undefined;
      return;
    }
    const fault = previous && (faultAfter(previous, event, tenant, stream) ?? backwards(previous, event));
    if (fault) report(fault);
    previous = event;
  };
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
