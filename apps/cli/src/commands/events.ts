import type { StoredEvent } from '#model';
import { EXIT, Fault } from '../fault.ts';
import { servicesWithLog, withLog, type Log } from '../logs.ts';
import type { Setting } from '../setting.ts';

export type EventsAsked = {
  log?: string;
  stream?: string;
  type?: string[];
  tenant?: string;
  /** RFC 3339 or a day, in UTC. */
  since?: string;
  after?: number;
  limit?: number;
};

const PAGE = 1000;

/** Writes events as they are kept, one JSON document per line, in the order of each log. Personal parts stay sealed. */
export async function events(setting: Setting, asked: EventsAsked): Promise<void> {
  const since = sinceOf(asked.since);
  let left = asked.limit ?? Infinity;
  for (const service of logsAsked(await servicesWithLog(setting), asked)) {
    await withLog(setting, service, async (log) => {
      for await (const event of matching(log, asked, since)) {
        if (left-- <= 0) return;
        await setting.output.line(JSON.stringify(event));
      }
    });
  }
}

/** The logs to read: the one named, the one a stream's or a type's name says, or all. */
export function logsAsked(there: string[], { log, stream, type }: EventsAsked): string[] {
  const named = log ?? (stream ?? (type?.length === 1 ? type[0] : undefined))?.split('.')[0];
  if (named === undefined) return there;
  if (there.includes(named)) return [named];
  throw new Fault(EXIT.usage, `There is no log ${named}.`, { hint: `There are ${there.join(', ') || 'none yet'}.` });
}

async function* matching(reader: Log, { stream, type, tenant, after = 0 }: EventsAsked, since: string): AsyncGenerator<StoredEvent> {
  for (let position = after; ;) {
    const found = await reader.readLog(position, PAGE, { tenant, types: type });
    for (const event of found) if (event.recordedAt >= since && (stream === undefined || event.stream === stream)) yield event;
    if (found.length === 0) return;
    position = found.at(-1)!.position;
  }
}

function sinceOf(text: string | undefined): string {
  if (text === undefined) return '';
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Fault(EXIT.usage, `--since ${text} is no moment.`, { hint: 'Say 2026-03-02 or 2026-03-02T10:00:00Z.' });
  return new Date(at).toISOString();
}
