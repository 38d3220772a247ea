import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { Misconfigured } from './operations/configuration.ts';
import type { Beside } from './separate/service.ts';

/** What a process is made of: how it starts, giving what ends it. */
export type Start = () => Promise<{ close(): Promise<void> }>;

/**
 * A process from start to end, for a `main.ts`: a service's module, which then runs apart from the others, or how the process starts. A wrong setting
 * ends it with a sentence and 78, an engine that is away with a sentence and 75: whoever runs it starts it again then. SIGTERM and SIGINT let running
 * requests finish, close the engines and exit with 0; a second signal does not wait.
 */
export async function run(what: Start | Type, beside?: Beside): Promise<void> {
  const start = isModule(what) ? () => openSeparately(what, beside) : what;
  let running: { close(): Promise<void> };
  try {
    running = await start();
  } catch (error) {
    // As sysexits.h has them: EX_CONFIG where starting again is of no use, EX_TEMPFAIL where it is.
    const exit = isMisconfigured(error) ? 78 : isAway(error) ? 75 : undefined;
    if (!exit) throw error;
    // What was opened before may keep the process going.
    process.stderr.write(`${(error as Error).message}\n`, () => process.exit(exit));
    return;
  }
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** A wrong setting, or a master key that is not the vault's. */
const isMisconfigured = (error: unknown) => error instanceof Misconfigured || (error instanceof Error && error.name === 'WrongMasterKey');

/** An engine that cannot be reached or used at the moment: every port has an error for that. */
const isAway = (error: unknown) => error instanceof Error && error.name.endsWith('Unavailable');

const isModule = (what: Start | Type): what is Type => Reflect.hasMetadata('providers', what);

/** Real engines are loaded by processes that use them. */
async function openSeparately(module: Type, beside?: Beside) {
  const { openService } = await import('./separate/service.ts');
  return openService(module, beside);
}
