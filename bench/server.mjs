// The product as it is measured: one process on a folder of its own, over loopback.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SERVICES } from '#events/services';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A token of the first administrator. @param folder where the issuer's identity lies */
export const tokenOf = (folder, url) =>
  spawnSync(process.execPath, [here('../dist/apps/cli/src/main.js'), '--url', url, '--data', folder, 'token'], {
    encoding: 'utf8',
  }).stdout.trim();

/** Starts it on a folder; resolves when it is ready. `token` and what asks by it can be had once the first administrator was admitted. */
export async function startServer(folder, port, children) {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['--enable-source-maps', here('../dist/apps/all-in-one/src/main.js')], {
    env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder },
  });
  children.add(child);
  let said = '';
  // Request logs are read and dropped, as a log collector would.
  child.stdout.on('data', (part) => said.length < 100_000 && (said += part));
  child.stderr.pipe(process.stderr);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!/Ready in .*\n/.test(said)) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
    await pause(10);
  }
  let known;
  const token = () => (known ??= tokenOf(folder, url));
  const send = async (path, init = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json', ...init.headers },
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  };
  const api = async (path) => (await send(path)).json();

  return {
    url,
    token,
    api,
    /** What it has said so far, the welcome link within it. */
    said: () => said,
    readySeconds: Number(/Ready in ([\d.]+) s/.exec(said)[1]),
    post: (path, body) => send(path, { method: 'POST', body: JSON.stringify(body) }),
    upload: async (path, text) => (await send(path, { method: 'POST', body: text, headers: { 'content-type': 'text/csv' } })).json(),
    /** How far the contacts' views are behind, in ms, as any answer says it. */
    behind: async () => Number((await send('/contacts?limit=1&fields=id')).headers.get('rapport-fresh')),
    /** How many events the contacts' log holds. */
    head: async () => Number((await send('/services/contacts/events?limit=1')).headers.get('rapport-head')),
    /** Resident memory in MB. */
    resident: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024),
    /** The 99th percentile of the event loop's delay since this was last asked, in ms. */
    async loopDelay() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number((Number(/rapport_event_loop_delay_seconds\{quantile="0.99"\} (\S+)/.exec(text)[1]) * 1000).toFixed(1));
    },
    /** Waits until no view lags. */
    async level(view) {
      for (;;) {
        const lists = await Promise.all(SERVICES.map((service) => api(`/services/${service}/projections`)));
        const all = lists.flat().filter((one) => view === undefined || one.view === view);
        if (all.every(({ lag, state }) => lag === 0 && state === 'live')) return;
        await pause(50);
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      children.delete(child);
    },
  };
}
