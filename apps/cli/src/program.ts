import { Command, InvalidArgumentError, Option } from 'commander';
import { join } from 'node:path';
import { demo } from './commands/demo.ts';
import { importCommand, type ImportAsked } from './commands/import.ts';
import { events, type EventsAsked } from './commands/events.ts';
import { eventsAsParquet } from './commands/events-parquet.ts';
import * as projections from './commands/projections.ts';
import type { MoveAsked } from './commands/move/index.ts';
import { start } from './commands/start.ts';
import { token } from './commands/token.ts';
import * as topics from './commands/topics.ts';
import { undo, type UndoAsked } from './commands/undo.ts';
import { verify } from './commands/verify.ts';
import { settingOf, type Setting } from './setting.ts';

const EXIT_CODES = `
Exit codes:
  0 done   1 failed   2 wrongly called   3 the server cannot be reached   4 refused: no or too weak a token
  5 done, with findings: a log is not whole, rows were rejected, something could not be taken back, a copy is not the same`;

/**
 * The whole command line.
 *
 * @param root the repository's root; relative data folders are below it
 * @param ended hears a command's own exit code
 */
export function programOf(root: string, now: () => number, ended: (code: number) => void): Command {
  const program = new Command('rapport')
    .description(
      'Rapport from the command line. Commands that read logs open the data folder, or the server named; the others speak HTTP to a running server.',
    )
    .addOption(new Option('--url <address>', 'the running server').env('RAPPORT_URL').default('http://127.0.0.1:3000'))
    .addOption(new Option('--token <token>', 'who asks; without it the first administrator, by the data folder').env('RAPPORT_TOKEN'))
    .addOption(new Option('--data <folder>', 'the data folder').env('RAPPORT_DATA').default('data'))
    .addOption(new Option('--logs <address>', 'PostgreSQL or KurrentDB with the logs, instead of the data folder’s').env('RAPPORT_LOG'))
    .option('--json', 'answers as JSON, for programs')
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(rapport --help says how)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const on = <A extends unknown[]>(run: (setting: Setting, ...args: A) => Promise<void>) => {
    return async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      await run(settingOf(command, root, now), ...(given.slice(0, -1) as A));
    };
  };

  program
    .command('start')
    .description('run the server, as `npm start` does')
    .option('--port <port>', 'where to listen (PORT; 3000)', whole)
    .action(async (options: { port?: number }, command: Command) =>
      ended(await start(root, { ...options, data: command.optsWithGlobals<{ data: string }>().data })),
    );

  program
    .command('token')
    .description('an access token for the first administrator or a named user, or a new welcome link')
    .option('--user <user>', 'an e-mail address (asks the running server) or a user’s id')
    .option('--minutes <minutes>', 'how long the token is good for', whole, 60)
    .option('--welcome', 'a welcome link instead: good once, for 15 minutes')
    .action(on((setting, options: { user?: string; minutes: number; welcome?: boolean }) => token(setting, options)));

  program
    .command('demo')
    .description('load the sample data: a computer-hardware seller with 85 accounts and 8,800 deals; again changes nothing')
    .action(on((setting) => demo(setting, join(root, 'examples', 'crm-sales'))));

  program
    .command('import <resource> <file>')
    .description('take in a CSV file of accounts, contacts, products, users or opportunities')
    .option('--map <heading=field...>', 'what a column is, where its heading does not tell; nothing after = leaves it out', pair, [])
    .option('--times <heading=number...>', 'amounts of this column stand in thousands or millions: revenue=1000000', pair, [])
    .option('--set <field=value...>', 'what a field is where a row says nothing', pair, [])
    .option('--match <field>', 'which field tells that a row is a record that is there')
    .addOption(new Option('--existing <what>', 'what happens to a record that is there').choices(['update', 'skip', 'create']))
    .option('--since <day>', 'since when new records count as existing')
    .addOption(new Option('--dates <order>', 'how 3/4/2017 is meant').choices(['dmy', 'mdy']))
    .addOption(new Option('--decimal <mark>', 'what stands before the fraction of a number').choices(['.', ',']))
    .option('--currency <code>', 'of amounts that name none: USD')
    .option('--country <code>', 'of telephone numbers without a prefix: BG')
    .option('--charset <name>', 'the encoding of a file that is not UTF-8: windows-1251')
    .option('--dry-run', 'only say what would be done, row by row')
    .option('--rejected <file>', 'where to put the rows that were rejected, with their reasons')
    .action(on((setting, resource: string, file: string, options: ImportAsked) => importCommand(setting, resource, file, options)));

  program
    .command('events')
    .description('events as they are kept, one JSON document per line; personal parts stay sealed')
    .option('--log <service>', 'of one service only')
    .option('--stream <stream>', 'of one record: sales.opportunity/<id>')
    .option('--type <type...>', 'of these types: sales.opportunity.won')
    .option('--tenant <tenant>', 'of one tenant')
    .option('--since <moment>', 'recorded at or after: 2026-03-02, 2026-03-02T10:00:00Z')
    .option('--after <position>', 'after this position of the log', whole)
    .option('--limit <number>', 'at most so many', whole)
    .option('--parquet <folder>', 'instead: whole logs as Parquet files there, log=…/day=…/, going on after what the last run wrote')
    .action(
      on((setting, options: EventsAsked & { parquet?: string }) =>
        options.parquet === undefined ? events(setting, options) : eventsAsParquet(setting, { ...options, parquet: options.parquet }),
      ),
    );

  program
    .command('verify')
    .description('check whole logs: order, revisions, hashes, schemas, and that no cursor is ahead of its log')
    .option('--log <service>', 'one service only')
    .action(on((setting, options: { log?: string }) => verify(setting, options)));

  program
    .command('move <from> <to>')
    .description(
      'copy an installation to other engines, event for event, with its keys, and compare; each is a data folder or a file of settings. Goes on where it was stopped',
    )
    .option('--tenant <tenant>', 'one tenant only, to beside others')
    .option('--dry-run', 'only say whether it can be done, and how much there is to copy')
    .option('--no-rebuild', 'do not build the views of both to compare them')
    .action(
      on(async (setting, from: string, to: string, options: MoveAsked) => {
        const { move } = await import('./commands/move/index.ts'); // it needs every service
        await move(setting, root, from, to, options);
      }),
    );

  program
    .command('undo [service]')
    .description('take back an event, everything of a correlation (a bulk call), or an import')
    .option('--event <id>', 'one event')
    .option('--correlation <id>', 'everything of one correlation')
    .option('--import <resource/id>', 'a whole import: contacts/0193c5b0-…')
    .option('--dry-run', 'only say what would be done')
    .action(on((setting, service: string | undefined, options: UndoAsked) => undo(setting, service, options)));

  const views = program
    .command('projections')
    .description('how the views are: behind by how much, what is parked')
    .action(on((setting) => projections.list(setting)));
  views
    .command('rebuild <view>')
    .description('fold a view again from the first event, beside the one that is read')
    .option('--wait', 'until it is level')
    .action(on((setting, view: string, options: { wait?: boolean }) => projections.rebuild(setting, view, options)));
  views
    .command('parked')
    .description('events that could not be folded, and those that wait behind them')
    .option('--view <view>', 'of one view')
    .action(on((setting, options: { view?: string }) => projections.parked(setting, options)));
  views
    .command('retry <view> <stream>')
    .description('fold a parked stream again, in order')
    .action(on((setting, view: string, stream: string) => projections.retry(setting, view, stream)));
  views
    .command('skip <view> <event>')
    .description('leave a parked event out for good, in rebuilds too')
    .action(on((setting, view: string, event: string) => projections.skip(setting, view, event)));

  const published = program
    .command('topics')
    .description('how far each service has published its log to the others, where they are separate')
    .action(on((setting) => topics.list(setting)));
  published
    .command('republish <service>')
    .description('throw away a service’s topic and publish its log again from the first event, as a new generation')
    .action(on((setting, service: string) => topics.republish(setting, service)));

  return program;
}

function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is no whole number.');
  return Number(text);
}

/** `heading=field`; the first = divides, and nothing may follow it. */
function pair(text: string, before: [string, string][]): [string, string][] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is not of the form name=value.');
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}
