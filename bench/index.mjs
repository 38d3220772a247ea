// npm run bench: the figures of the product beside floors measured in the same run, as one table. `-- web`: of its pages, in a browser (web.mjs).
// `-- distributed`: of services of their own (distributed.mjs). `--contacts N` (100,000; up to a million), `--deals N` (20,000; of the pages),
// `--seconds S` (5) a row. Everything runs on this machine, over loopback, the load generator beside the server: on shared cores only the ratios say something.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort, pause, startServer } from './server.mjs';
import { note, table } from './table.mjs';

if (process.argv[2] === 'distributed') {
  const { distributed } = await import('./distributed.mjs');
  await distributed(process.argv.slice(3));
  process.exit();
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    contacts: { type: 'string', default: '100000' },
    deals: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '5' },
  },
});
const contacts = Number(values.contacts);
const seconds = Number(values.seconds);
const READ_ONE = 12_000;

if (positionals.includes('web')) {
  const { benchWeb } = await import('./web.mjs');
  await benchWeb({ contacts, deals: Number(values.deals) });
  process.exit();
}
const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const port = await freePort();
const children = new Set();
let server;

async function bench() {
  const bare = JSON.parse((await run('floor-sqlite.mjs')).trim());
  server = await startServer(folder, port, children);
  note('idle, after the first run', server.resident(), 'MB', { wanted: 300 });
  const link = new URL(/http\S+token=\S+/.exec(server.said())[0]);
  const { begin } = await import('#testing/all-in-one');
  await begin({ url: server.url, link: link.href });
  await imported(bare);
  note(`ready with ${contacts.toLocaleString('en')} contacts`, await restarted(), 's', { wanted: 2 });
  await read();
  await created(bare);
  await rebuilt(bare);
}

/** Stops it and starts it again on the same folder. @returns in how many seconds it was ready */
async function restarted(meanwhile = () => {}) {
  await server.stop();
  meanwhile();
  server = await startServer(folder, port, children);
  return server.readySeconds;
}

/** Contacts by import: accepted, then seen by the views. */
async function imported(bare) {
  const [given, family] = [
    ['Ann', 'Bob', 'Cid', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana'],
    ['Lee', 'Stone', 'Hill', 'Ivanova', 'Petrov', 'Meyer', 'Cohen', 'Silva'],
  ];
  let file = 'First Name,Last Name,Email,Job title,Tags\n';
  for (let at = 0; at < contacts; at++) file += `${given[at % 8]},${family[(at >> 3) % 8]}${at},p${at}@example.com,Engineer,vip\n`;
  const { id } = await server.upload('/contacts/imports', file);
  file = '';
  await server.loopDelay();
  const began = performance.now();
  await server.post(`/contacts/imports/${id}/run`, {});
  const residents = [];
  let page;
  do {
    await pause(500);
    page = await server.api(`/contacts/imports/${id}`);
    residents.push(server.resident());
  } while (page.status === 'running');
  const accepted = (Date.parse(page.finishedAt) - Date.parse(page.startedAt)) / 1000;
  note('import, accepted', Math.round(contacts / accepted), 'a second', {
    wanted: 10_000,
    floor: bare.log[512],
    further: `${page.counts.created} created`,
  });
  await server.level();
  note('import, in the views', Math.round((contacts * 1000) / (performance.now() - began)), 'a second', {
    wanted: 5_000,
    floor: bare.views,
  });
  const tenths = Array.from({ length: 10 }, (_, at) => residents[Math.ceil(((at + 1) * residents.length) / 10) - 1]);
  note('resident at most during the import', Math.max(...residents), 'MB', { further: `by tenths of it: ${tenths.join(' ')}` });
  note('loop delay p99 during the import', await server.loopDelay(), 'ms', { wanted: 20 });
}

async function read() {
  const get = (path) => ({ method: 'GET', path });
  const some = (await server.api('/contacts?limit=200&fields=id')).map(({ id }) => id);
  const list = '/contacts?limit=50&sort=name&filter=lifecycleStage%20eq%20%22lead%22';
  const words = ['ann%20lee', 'stone', 'hana%20pet', 'p777', 'cohen%20gus'].map((search) => `/contacts?limit=20&search=${search}`);
  const measured = [
    ['reading one contact', READ_ONE, some.map((id) => `/contacts/${id}`)],
    ['page of 50, filtered and sorted', 2_500, [list]],
    ['search', 1_500, words],
  ];
  await server.loopDelay();
  for (const [what, wanted, paths] of measured) {
    const answer = await server.api(paths[0]);
    const figures = await load(
      server,
      paths.map((path) => get(`/api/v1${path}`)),
    );
    note(what, figures.perSecond, 'a second', { wanted, floor: await floorOf(answer), further: percentiles(figures) });
  }
  note('loop delay p99 while reading', await server.loopDelay(), 'ms', { wanted: 20 });
}

/** Contacts by one call each, while others look how far the views are behind. */
async function created(bare) {
  const create = { method: 'POST', path: '/api/v1/contacts', body: { name: 'Load {{n}}', emails: [{ address: 'load{{n}}@example.org' }] } };
  const behind = [];
  const loaded = new AbortController();
  const looking = (async () => {
    while (!loaded.signal.aborted) {
      behind.push(await server.behind());
      await pause(25);
    }
  })();
  await server.loopDelay();
  const figures = await load(server, [create]);
  loaded.abort();
  await looking;
  behind.sort((a, b) => a - b);
  note('creating a contact, 16 connections', figures.perSecond, 'a second', {
    wanted: 3_000,
    floor: bare.log[16],
    further: percentiles(figures),
  });
  note('views behind at most meanwhile', behind.at(-1), 'ms', { wanted: 250, further: `median ${behind[behind.length >> 1]} ms` });
  note('loop delay p99 meanwhile', await server.loopDelay(), 'ms', { wanted: 20 });
  await server.level();
  note('resident after the load', server.resident(), 'MB');
}

async function rebuilt(bare) {
  const head = await server.head();
  const view = 'contacts.contact-row';
  await server.loopDelay();
  const began = performance.now();
  await server.post(`/services/contacts/projections/${view}/rebuild`, {});
  await server.level(view);
  note(`rebuild of ${view}`, Math.round((head * 1000) / (performance.now() - began)), 'a second', {
    wanted: 50_000,
    floor: bare.views,
    further: 'and of the summaries made of it',
  });
  note('loop delay p99 meanwhile', await server.loopDelay(), 'ms', { wanted: 20 });
  const started = await restarted();
  const all = await restarted(() => rmSync(join(folder, 'views'), { recursive: true }));
  note('rebuild of all views', Math.round(head / (all - started)), 'a second', {
    wanted: 20_000,
    floor: bare.views,
    further: 'of every service, from no file at all',
  });
}

/** What bare Fastify comes to with the same answer. */
async function floorOf(answer) {
  const child = spawn(process.execPath, [here('floor-server.mjs')], {
    env: { PATH: process.env.PATH, FLOOR_ANSWER: JSON.stringify(answer) },
  });
  children.add(child);
  const line = await new Promise((resolve) => child.stdout.once('data', (part) => resolve(String(part))));
  const { port: at, token } = JSON.parse(line);
  const { perSecond } = await load({ url: `http://127.0.0.1:${at}`, token: () => token }, [{ method: 'GET', path: '/one' }]);
  child.kill('SIGKILL');
  children.delete(child);
  return perSecond;
}

async function load({ url, token }, requests) {
  const figures = JSON.parse(await run('load.mjs', JSON.stringify({ url, token: token(), connections: 16, seconds, requests })));
  const wrong = Object.keys(figures.statuses).filter((status) => !/^20[01]$/.test(status));
  if (wrong.length > 0) process.stderr.write(`answers of ${wrong.join(', ')}: ${JSON.stringify(figures.statuses)}\n`);
  return figures;
}
const percentiles = ({ p50, p99 }) => `p50 ${p50} ms, p99 ${p99} ms`;

function run(script, ...args) {
  const child = spawn(process.execPath, [here(script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part) => (out += part));
  return new Promise((resolve, reject) =>
    child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${script}: ${code}`)))),
  );
}

try {
  await bench();
  table();
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
