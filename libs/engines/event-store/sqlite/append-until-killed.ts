/**
 * A process for the kill test: appends to the log of a file through the log thread, sixteen at a time, until it is killed. Every acknowledged
 * append is written to the standard output before the next one of its stream is sent: `<stream> <revision> <id>`.
 */
import { writeSync } from 'node:fs';
import { logThread, sqliteEventStore } from '#engines/event-store';
import { sampleEvents } from '../samples.ts';

const [file, run] = process.argv.slice(2) as [string, string];
const thread = await logThread({ logs: { sales: file } });
const store = sqliteEventStore({ log: 'sales', file, port: thread.connect() });

async function appendForEver(stream: string) {
  const samples = sampleEvents(stream);
  for (;;) {
    const append = samples.next('acme', stream, 2);
    await store.append([append]);
    for (const { revision, id } of append.events) writeSync(1, `${stream} ${revision} ${id}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, (_, i) => appendForEver(`sales.opportunity/${run}-${i}`)));
