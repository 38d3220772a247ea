import { PostgresFault, type Connections } from '#engines/postgres';
import type { StoredEvent } from '#model';
import { unreadable, type Place } from '../chain.ts';
import type { LogFinding } from '../port.ts';
import { positionJudge, streamJudge, type Report } from '../verify.ts';
import { unavailable } from './faults.ts';
import { logStatements } from './statements.ts';

const BATCH = 1000;

/**
 * Checks a whole log in constant memory, also while it is written: every stream in revision order (contiguity, order, hashes), that no position up to
 * the end is missing, and that both ways of reading meet the same events. A tenant whose partition cannot be read is a finding, and the others are
 * checked still.
 *
 * @throws StoreUnavailable
 */
export async function verifyLog(
  connections: Connections,
  schema: string,
  onProgress: (checked: number) => void = () => {},
): Promise<LogFinding[]> {
  const sql = logStatements(schema);
  const findings: LogFinding[] = [];
  const report: Report = (finding) => findings.push(finding);

  /** Runs a part; gives undefined, and a finding, when what it reads is damaged. */
  async function part<T>(place: Place, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PostgresFault && error.kind === 'damaged')) throw unavailable(error);
      report(unreadable(place, error.message));
      return undefined;
    }
  }

  async function checkStreams(tenant: string, end: number, before: number): Promise<number> {
    const judge = streamJudge(report);
    let [stream, revision, checked, upToEnd] = ['', 0, 0, 0];
    for (;;) {
      const rows = await connections.ask<[string, number, number, string]>(sql.tenant(tenant, stream, revision, BATCH));
      if (rows.length === 0) return upToEnd;
      for (const [stream, revision, position, body] of rows) {
        judge({ tenant, stream, revision, position }, parse(position, body));
        if (position <= end) upToEnd++;
      }
      [stream, revision] = rows.at(-1)!;
      checked += rows.length;
      onProgress(before + checked);
    }
  }

  async function checkPositions(end: number): Promise<number> {
    const judge = positionJudge(report);
    let count = 0;
    for (let after = 0; after < end; after += BATCH * 10) {
      const upTo = Math.min(after + BATCH * 10, end);
      const [[, tenants]] = (await connections.ask<[number, string[]]>(sql.outline(after, upTo))) as [[number, string[]]];
      const rows = await connections.ask<[number]>(sql.positions(tenants, after, upTo));
      for (const [position] of rows) judge(position);
      count += rows.length;
    }
    judge(end + 1);
    return count;
  }

  const whole = await part({}, async () => {
    const [[end]] = (await connections.ask<[number]>(sql.end())) as [[number]];
    let inStreams = 0;
    for (const [tenant] of await connections.ask<[string]>(sql.tenants()))
      inStreams += (await part({ tenant }, () => checkStreams(tenant, end, inStreams))) ?? Number.NaN;
    return { inStreams, inOrder: await checkPositions(end) };
  });
  if (whole && whole.inStreams < whole.inOrder)
    report(unreadable({}, `the streams hold ${whole.inStreams} events, the log ${whole.inOrder}: an index is damaged`));
  return findings;
}

function parse(position: number, body: string): StoredEvent | string {
  try {
    return { ...(JSON.parse(body) as StoredEvent), position };
  } catch (error) {
    return (error as Error).message;
  }
}
