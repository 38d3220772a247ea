import { runCli } from '../cli.ts';

/** One command line, with what it wrote. */
export async function runCaptured(args: string[], root: string, now: () => number) {
  const said = { out: '', notes: '' };
  const { write: out } = process.stdout;
  const { write: notes } = process.stderr;
  const into = (name: 'out' | 'notes') =>
    ((text: string, done?: (error?: Error) => void) => {
      said[name] += text;
      done?.();
      return true;
    }) as typeof out;
  process.stdout.write = into('out');
  process.stderr.write = into('notes');
  try {
    return { exit: await runCli(args, root, now), ...said };
  } finally {
    process.stdout.write = out;
    process.stderr.write = notes;
  }
}
