import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FolderInUse, lockFolder } from '#engines/event-store';
import { openEventFiles } from '#engines/parquet';
import { EXIT, Fault } from '../fault.ts';
import { servicesWithLog, withLog, type Log } from '../logs.ts';
import { table } from '../output.ts';
import type { Setting } from '../setting.ts';
import { logsAsked, type EventsAsked } from './events.ts';

const PAGE = 2000;
/** What a folder goes on after is a position, so it holds all of a log or nothing that could be gone on from. */
const NO_PART: (keyof EventsAsked)[] = ['stream', 'type', 'tenant', 'since', 'after', 'limit'];

type Written = { log: string; events: number; position: number };

/**
 * Writes logs as Parquet, `log=sales/day=2026-03-02/….parquet`: what has come since the last run, or everything. May run beside the server, and again
 * after it was killed at any moment.
 *
 * @throws Fault when the folder was written from another log
 */
export async function eventsAsParquet(setting: Setting, asked: EventsAsked & { parquet: string }): Promise<void> {
  const part = NO_PART.find((name) => asked[name] !== undefined);
  if (part)
    throw new Fault(EXIT.usage, `--parquet writes whole logs, so --${part} does not go with it.`, { hint: 'Name a log with --log.' });
  const services = logsAsked(await servicesWithLog(setting), asked);
  const folder = resolve(asked.parquet);
  const unlock = alone(folder);
  const written: Written[] = [];
  try {
    for (const service of services)
      written.push(await withLog(setting, service, (log) => write(setting, service, log, join(folder, `log=${service}`))));
  } finally {
    unlock();
  }
  await setting.output.answer(written, () =>
    table(
      ['log', 'written', 'up to position'],
      written.map(({ log, events, position }) => [log, events, position]),
    ),
  );
}

async function write(setting: Setting, service: string, log: Log, folder: string): Promise<Written> {
  const files = await openEventFiles(folder);
  const progress = setting.output.progress(service, await log.head());
  try {
    if (files.end) await expectSame(log, files.end, folder);
    let events = 0;
    for (let page; (page = await log.readLog(files.end?.position ?? 0, PAGE)).length > 0;) {
      for (const event of page) await files.add(event);
      events += page.length;
      progress.to(files.end!.position);
    }
    await files.flush();
    return { log: service, events, position: files.end?.position ?? 0 };
  } finally {
    progress.end();
    files.close();
  }
}

/** A log that was restored to an earlier moment gives its positions again, to other events. */
async function expectSame(log: Log, { position, hash }: { position: number; hash: string }, folder: string): Promise<void> {
  const [event] = position <= (await log.head()) ? await log.readAt([position]) : [];
  if (event?.hash === hash) return;
  throw new Fault(EXIT.findings, `${folder} ends with an event, at position ${position}, that is not in this log.`, {
    hint: 'It was written from another log, or this one was restored to an earlier moment. Write into an empty folder.',
  });
}

/** @throws Fault while another run writes there */
function alone(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  try {
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUse) throw new Fault(EXIT.failed, `Another run writes to ${folder}.`, { hint: 'Wait until it is done.' });
    throw error;
  }
}
