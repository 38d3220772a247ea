import { pino, type Logger } from 'pino';

/** Structured lines on standard output: JSON, with times. No personal data, no query strings, no bodies: what is logged is chosen, not dumped. */
export function jsonLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Logger {
  // A write per line costs as much as the rest of a small request. Lines wait for a page of them, an error or a quarter of a second; the
  // destination writes what it still holds when the process ends.
  const out = pino.destination({ dest: 1, sync: true, minLength: PAGE });
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method, weight) {
          method.apply(this, args);
          if (weight >= ERROR) out.flushSync();
        },
      },
    },
    out,
  );
  setInterval(() => out.flushSync(), FLUSH_MS).unref();
  process.once('exit', () => out.flushSync());
  return log;
}

/** One line on standard error, from any thread: what happened where no request waits for it. `about`: no personal data here either. */
export const tell = (level: 'info' | 'warn' | 'error', event: string, about: object = {}): void =>
  void process.stderr.write(`${JSON.stringify({ level, event, ...about })}\n`);

const PAGE = 8_192;
const ERROR = 50;
const FLUSH_MS = 250;
