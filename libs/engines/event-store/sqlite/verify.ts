import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredEvent } from '#model';
import { unreadable } from '../chain.ts';
import type { LogFinding } from '../port.ts';
import { positionJudge, streamJudge, type Report } from '../verify.ts';
import { isDamage, unavailable } from './faults.ts';

const BATCH = 1000;

type Entry = [tenant: string, stream: string, revision: number, position: number];

/**
 * Checks a whole log file in constant memory: the file's own structure, every stream in revision order (contiguity, order, hashes), and that
 * no position is missing. What cannot be read is a finding of its own, and the rest is checked still.
 */
export async function verifyLog(db: DatabaseSync, onProgress: (checked: number) => void = () => {}): Promise<LogFinding[]> {
  const findings: LogFinding[] = [];
  const report = (finding: LogFinding) => findings.push(finding);
  for (const part of [checkStructure, checkStreams, checkPositions]) {
    try {
      await part(db, report, onProgress);
    } catch (error) {
      if (!isDamage(error)) throw unavailable(error);
      report(unreadable({}, (error as Error).message));
    }
  }
  return findings;
}

async function checkStructure(db: DatabaseSync, report: Report) {
  for (const row of db.prepare('PRAGMA integrity_check(20)').all()) {
    const text = String(Object.values(row)[0]);
    if (text !== 'ok') report(unreadable({}, text.replaceAll('\n', '; ')));
  }
}

async function checkStreams(db: DatabaseSync, report: Report, onProgress: (checked: number) => void) {
  const index = db.prepare(
    `SELECT tenant, stream, revision, position FROM events INDEXED BY sqlite_autoindex_events_1
     WHERE (tenant, stream, revision) > (?, ?, ?) ORDER BY tenant, stream, revision LIMIT ${BATCH}`,
  );
  index.setReturnArrays(true);
  const bodyAt = db.prepare('SELECT body FROM events WHERE position = ?');
  bodyAt.setReturnArrays(true);

  let last: Entry = ['', '', 0, 0];
  const judge = streamJudge(report);
  let checked = 0;
  for (;;) {
    const entries = index.all(last[0], last[1], last[2]) as unknown as Entry[];
    if (entries.length === 0) return;
    for (const entry of entries) {
      const [tenant, stream, revision, position] = entry;
      // A damaged tree may give entries out of their order: going on from the last would go round in circles.
      if (!isBehind(last, entry)) return report(unreadable({ tenant, stream, revision, position }, 'the index is out of order'));
      last = entry;
      judge(
        { tenant, stream, revision, position },
        readBody(() => bodyAt.get(position) as unknown as [string] | undefined, position),
      );
    }
    checked += entries.length;
    onProgress(checked);
    await nextTurn();
  }
}

/** In the order of the index: text by its bytes. */
function isBehind(before: Entry, after: Entry): boolean {
  for (const at of [0, 1, 2] as const) {
    const [one, other] = [before[at], after[at]];
    const order =
      typeof one === 'string' && typeof other === 'string'
        ? Buffer.compare(Buffer.from(one), Buffer.from(other))
        : Number(one) - Number(other);
    if (order !== 0) return order < 0;
  }
  return false;
}

/** The event, or what stood in the way of reading it. */
function readBody(get: () => [string] | undefined, position: number): StoredEvent | string {
  try {
    const row = get();
    return row ? { ...(JSON.parse(row[0]) as StoredEvent), position } : 'the index names a position that is not there';
  } catch (error) {
    if (isDamage(error) || (error as Error).name === 'SyntaxError') return (error as Error).message;
    throw error;
  }
}

async function checkPositions(db: DatabaseSync, report: Report) {
  const positions = db.prepare(`SELECT position FROM events NOT INDEXED WHERE position > ? ORDER BY position LIMIT ${BATCH * 10}`);
  positions.setReturnArrays(true);
  const judge = positionJudge(report);
  let last = 0;
  for (;;) {
    const rows = positions.all(last) as unknown as [number][];
    if (rows.length === 0) return;
    for (const [position] of rows) {
      if (position <= last) return report(unreadable({ position: last + 1 }, `position ${position} stands behind ${last}`));
      judge(position);
      last = position;
    }
    await nextTurn();
  }
}
