import { CommanderError } from 'commander';
import { EXIT, Fault } from './fault.ts';
import { programOf } from './program.ts';

/**
 * Runs one command line.
 *
 * @param args without node and script
 * @returns the exit code
 */
export async function runCli(args: string[], root: string, now: () => number): Promise<number> {
  let code: number = EXIT.ok;
  try {
    await programOf(root, now, (ended) => (code = ended)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage; // commander has said why
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return EXIT.ok; // whoever read has enough: `rapport events | head`
    if (!(error instanceof Fault)) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return EXIT.failed;
    }
    process.stderr.write(
      args.includes('--json')
        ? `${JSON.stringify({ error: error.message, hint: error.hint, problem: error.problem })}\n`
        : `${error.message}\n${error.hint ? `${error.hint}\n` : ''}`,
    );
    return error.exit;
  }
}
