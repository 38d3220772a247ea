/**
 * A process for kill tests: `sqlite <file> <run>` appends through the log thread, `postgres <url> <schema> <run>` brings the schema up to date first. It
 * ends when it is killed.
 */
import { logThread, openPostgresLog, sqliteEventStore, type EventStore } from '#engines/event-store';
import { appendForEver } from './append-for-ever.ts';

const [engine, ...args] = process.argv.slice(2);
const run = args.at(-1)!;
await appendForEver(
  await (engine === 'sqlite' ? sqlite(args[0]!) : openPostgresLog({ url: args[0]!, log: 'sales', schema: args[1] })),
  run,
);

async function sqlite(file: string): Promise<EventStore> {
  const thread = await logThread({ logs: { sales: file } });
  return sqliteEventStore({ log: 'sales', file, port: thread.connect() });
}
