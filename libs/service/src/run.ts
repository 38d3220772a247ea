import { Misconfigured } from './operations/configuration.ts';

/** What a process is made of: how it starts, giving what ends it. */
export type Start = () => Promise<{ close(): Promise<void> }>;

/**
 * A process from start to end, for a `main.ts`: a wrong setting ends it with a sentence, SIGTERM and SIGINT let running requests finish, close the
 * engines and exit with 0; a second signal does not wait.
 */
export async function run(start: Start): Promise<void> {
  let running: { close(): Promise<void> };
  try {
    running = await start();
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 78; // EX_CONFIG of sysexits.h
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
