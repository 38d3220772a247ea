import { existsSync } from 'node:fs';
import '#events';
import { defineRuntimeEvents } from '#runtime';
import { openSqliteReader } from '#engines/event-store';
import { readOnlyModels } from '#engines/read-models';
import { CURSORS, HOUSE } from '#runtime';
import type { DataFolder } from '#engines/data-folder';
import { EXIT, Fault } from '../fault.ts';
import { servicesWithLog, withLog, type Log } from '../logs.ts';
import type { Setting } from '../setting.ts';
import { schemaFault } from './event-schema.ts';

export type Finding = { log: string; position: number; stream: string; revision: number; fault: string; detail: string };

/**
 * Checks whole logs: order, gaps in revisions, hashes, schemas; in a data folder also that no cursor is ahead of the log it reads. Opens all for
 * reading only, so it may run beside what writes.
 *
 * @throws Fault with its own exit code when something is wrong
 */
export async function verify(setting: Setting, { log }: { log?: string }): Promise<void> {
  const services = (await servicesWithLog(setting)).filter((service) => log === undefined || service === log);
  for (const service of services) defineRuntimeEvents(service);
  if (services.length === 0) throw new Fault(EXIT.usage, log ? `There is no log ${log}.` : 'There are no logs yet.');
  const heads = new Map<string, number>();
  const findings: Finding[] = [];
  let checked = 0;
  for (const service of services) {
    await withLog(setting, service, async (reader) => {
      heads.set(service, await reader.head());
      findings.push(...(await chainFindings(setting, service, reader)));
      const { faults, count } = await schemaFindings(setting, service, reader);
      findings.push(...faults);
      checked += count;
    });
  }
  if (!setting.logs) findings.push(...(await cursorFindings(setting.folder(), services)));
  const whole = findings.length === 0;
  await setting.output.answer({ whole, logs: Object.fromEntries(heads), events: checked, findings }, () => [
    ...findings.map(
      (one) => `${one.log} ${one.position}: ${one.fault}: ${one.detail}${one.stream ? ` (${one.stream} revision ${one.revision})` : ''}`,
    ),
    whole
      ? `Whole: ${checked} events in ${services.join(', ')}.`
      : `${findings.length} ${findings.length === 1 ? 'fault' : 'faults'} in ${checked} events.`,
  ]);
  if (!whole)
    throw new Fault(EXIT.findings, 'The data is not what was written.', {
      hint: 'Stop what writes it, keep a copy, restore the log from a back-up.',
    });
}

async function chainFindings(setting: Setting, log: string, reader: Log): Promise<Finding[]> {
  const progress = setting.output.progress(`${log}: order and hashes`, await reader.head());
  const found = await reader.verify((count) => progress.to(count));
  progress.end();
  return found.map(({ stream, revision, position, fault, detail }) => ({ log, position, stream, revision, fault, detail }));
}

async function schemaFindings(setting: Setting, log: string, reader: Log): Promise<{ faults: Finding[]; count: number }> {
  const progress = setting.output.progress(`${log}: schemas`, await reader.head());
  const faults: Finding[] = [];
  let count = 0;
  for (let position = 0; ;) {
    const events = await readable(reader, position);
    if (events.length === 0) break;
    for (const event of events) {
      const detail = schemaFault(event);
      if (detail) faults.push({ log, position: event.position, stream: event.stream, revision: event.revision, fault: 'schema', detail });
    }
    count += events.length;
    position = events.at(-1)!.position;
    progress.to(position);
  }
  progress.end();
  return { faults, count };
}

/** The next events; none where the page cannot be read, which the chain's check has already named. */
async function readable(reader: Log, after: number) {
  try {
    return await reader.readLog(after, 1000);
  } catch (error) {
    if (error instanceof Error && error.name === 'DamagedLog') return [];
    throw error;
  }
}

/** Cursors are read first and the log's end after: a cursor moves behind its log, so beside a running server the order matters. */
async function cursorFindings(folder: DataFolder, services: string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of services) {
    if (!existsSync(folder.views(service))) continue;
    const models = readOnlyModels(folder.views(service));
    try {
      const cursors = (await models.collections()).includes(CURSORS) ? await models.scan(CURSORS, { tenant: HOUSE, limit: 1000 }) : [];
      for (const { id, doc } of cursors) {
        const log = id.split('/')[0]!;
        if (!existsSync(folder.log(log))) continue;
        const reader = openSqliteReader(folder.log(log));
        const head = await reader.head();
        reader.close();
        for (const [view, position] of Object.entries((doc.positions ?? {}) as Record<string, number>)) {
          if (position > head)
            findings.push({
              log,
              position,
              stream: '',
              revision: 0,
              fault: 'cursor',
              detail: `${view} of ${service} is at ${position}, the log ends at ${head}`,
            });
        }
      }
    } finally {
      await models.close();
    }
  }
  return findings;
}
