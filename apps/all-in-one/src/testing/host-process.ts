import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';

const main = new URL('../../../../dist/apps/all-in-one/src/main.js', import.meta.url).pathname;
const cli = new URL('../../../../dist/apps/cli/src/main.js', import.meta.url).pathname;

/** A process as it was launched, perhaps to end at once; `output` is what it has said so far, on both streams. */
export type Launched = { child: ChildProcess; output: () => string; ended: Promise<number | null> };
export type Server = Launched & { url: string; link: string };
export type Host = {
  folder: string;
  port: number;
  launch(env?: Record<string, string>, nodeOptions?: string[]): Launched;
  /** Waits for the last thing a start prints, which may come in several parts: the welcome link on the first, that it is ready after. */
  start(how?: { first?: boolean; env?: Record<string, string>; nodeOptions?: string[] }): Promise<Server>;
  /** Ends what was launched, and removes the folder. */
  close(): void;
};

export const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** The built product as a process of its own, on a folder and a port of its own. */
export async function hostProcess(): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-host-'));
  const port = await freePort();
  const children: ChildProcess[] = [];
  const launch: Host['launch'] = (env = {}, nodeOptions = []) => {
    const child = spawn(process.execPath, ['--enable-source-maps', ...nodeOptions, main], {
      env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder, ...env },
    });
    children.push(child);
    let text = '';
    child.stdout!.on('data', (part: Buffer) => (text += part.toString()));
    child.stderr!.on('data', (part: Buffer) => (text += part.toString()));
    return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
  };
  return {
    folder,
    port,
    launch,
    async start({ first = false, env, nodeOptions } = {}) {
      const last = first ? /^http\S+token=\S+\n/m : /^Ready in .*\n/m;
      const launched = launch(env, nodeOptions);
      await new Promise<void>((resolve, reject) => {
        launched.child.stdout!.on('data', () => last.test(launched.output()) && resolve());
        void launched.ended.then(() => reject(new Error(`ended before it was ready: ${launched.output()}`)));
      });
      return { ...launched, url: `http://127.0.0.1:${port}`, link: /http\S+token=\S+/.exec(launched.output())?.[0] ?? '' };
    },
    close() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What a browser sends for a form, without following where it leads. */
export const form = (fields: Record<string, string>) => ({
  method: 'POST',
  redirect: 'manual' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields),
});

export const PASSWORD = 'a long enough password';

/** The first administrator begins, by the link of the first start. */
export const begin = async ({ url, link }: Pick<Server, 'url' | 'link'>, password = PASSWORD): Promise<number> => {
  const token = new URL(link).searchParams.get('token')!;
  const answer = await fetch(`${url}/api/welcome`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'Ann', email: 'ann@example.com', password }),
  });
  return answer.status;
};

/** The command line on a host's folder, as a person would call it; what it says on both streams. */
export function commandLine(host: Pick<Host, 'folder'>, url: string, ...args: string[]): Promise<{ exit: number | null; out: string }> {
  const child = spawn(process.execPath, [cli, '--url', url, '--data', host.folder, '--json', ...args]);
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (out += part.toString()));
  return new Promise((resolve) => child.once('exit', (exit) => resolve({ exit, out })));
}

/** An access token of the administrator. */
export const tokenOf = async (host: Pick<Host, 'folder'>, url: string): Promise<string> =>
  (JSON.parse((await commandLine(host, url, 'token')).out) as { token: string }).token;

/** Asks again and again until it is so. @throws what the last try threw, after a minute */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  let tries = 0;
  for await (const _ of setInterval(100)) {
    const found = await ask();
    if (found) return found;
    if (++tries > 600) break;
  }
  throw new Error('it did not come about within a minute');
}
