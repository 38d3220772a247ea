// An engine as a process of this machine: started, waited for, ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const ENDED_WITHIN = 30_000;

/**
 * Starts a program with its output in a file, and waits until something answers at a port of it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ port: number, log: string, within: number, cwd?: string, env?: NodeJS.ProcessEnv }} how `within`: ms until it must answer
 * @returns {Promise<{ pid: number, stop(): Promise<void>, kill(): Promise<void> }>} `kill` ends it as a power cut would
 */
export async function startProcess(command, args, { port, log, within, cwd, env }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', out, out] });
  closeSync(out);
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN);
    await exited;
    clearTimeout(late);
  };
  const gone = new AbortController();
  void exited.then(() => gone.abort());
  if (!(await answers(port, within, gone.signal))) {
    await end('SIGKILL');
    throw new Error(`${command} did not come up within ${within / 1000} s. The end of what it said:\n${lastLines(log)}`);
  }
  return { pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** A port of this machine that nobody uses at the moment. */
export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port, within, signal) {
  const until = Date.now() + within;
  while (Date.now() < until && !signal.aborted) {
    const socket = connect(port, '127.0.0.1');
    const connected = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (connected) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

const lastLines = (file) => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');
