import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { EXIT, Fault } from '../fault.ts';

/** Runs the server, as `npm start` does. Ends when it ends, with its exit code. */
export async function start(root: string, { port, data }: { port?: number; data: string }): Promise<number> {
  const { RAPPORT_URL: _, RAPPORT_TOKEN: __, ...env } = process.env; // settings of the command line, not of the server
  const server = spawn(process.execPath, ['--enable-source-maps', resolve(root, 'dist/apps/all-in-one/src/main.js')], {
    stdio: 'inherit',
    env: { ...env, RAPPORT_DATA: resolve(root, data), ...(port === undefined ? {} : { PORT: String(port) }) },
  });
  const pass = (signal: NodeJS.Signals) => void server.kill(signal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, pass);
  return new Promise((done, failed) => {
    server.once('error', (error) => failed(new Fault(EXIT.failed, `The server could not be started: ${error.message}`)));
    server.once('exit', (code) => done(code ?? EXIT.failed));
  });
}
