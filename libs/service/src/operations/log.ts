import { pino, type Logger } from 'pino';

/** Structured lines on standard output: JSON, with times. No personal data, no query strings, no bodies: what is logged is chosen, not dumped. */
export function jsonLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
}
