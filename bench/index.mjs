// npm run bench: the figures of the product beside floors measured in the same run, as one table. `--contacts N` (100,000), `--seconds S` (5) a row.
// Everything runs on this machine, over loopback, the load generator beside the server: on shared cores only the ratios say something.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: { contacts: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '5' } },
});
const contacts = Number(values.contacts);
const seconds = Number(values.seconds);
const rows = [];
const note = (what, measured, unit, wanted, floor, further = '') => {
  const met =
    wanted === undefined ? '' : unit === 'a second' ? (measured >= wanted ? 'met' : 'short') : measured <= wanted ? 'met' : 'short';
  rows.push({
    what,
    measured,
    unit,
    wanted: wanted ?? '',
    floor: floor ?? '',
    ratio: floor ? (measured / floor).toFixed(2) : '',
    met,
    further,
  });
  process.stderr.write(`${what}: ${measured} ${unit} ${further}\n`);
};

const built = spawnSync(process.execPath, [here('../tools/build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
if (built.status !== 0) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const url = `http://127.0.0.1:${port}`;
const children = new Set();
let server;
async function bench() {
  const bare = JSON.parse((await run('floor-sqlite.mjs')).trim());
  server = await start(true);
  note('idle, after the first run', rss(), 'MB', 300);
  const link = new URL(/http\S+token=\S+/.exec(server.said())[0]);
  await fetch(new URL('/welcome', url), {
    method: 'POST',
    body: new URLSearchParams({
      token: link.searchParams.get('token'),
      name: 'Ann',
      email: 'ann@example.com',
      password: 'a long enough password',
      begin: 'empty',
    }),
  });
  await imported(bare);
  await stop();
  server = await start(false);
  note(`ready with ${contacts.toLocaleString('en')} contacts`, Number(/Ready in ([\d.]+) s/.exec(server.said())[1]), 's', 2);
  const floor = await startFloor();
  const some = (await api('/contacts?limit=200&fields=id')).map(({ id }) => id);
  const list = '/api/v1/contacts?limit=50&sort=name&filter=lifecycleStage%20eq%20%22lead%22';
  const search = ['ann%20lee', 'stone', 'hana%20pet', 'p777', 'cohen%20gus'].map((words) =>
    get(`/api/v1/contacts?limit=20&search=${words}`),
  );
  const create = { method: 'POST', path: '/api/v1/contacts', body: { name: 'Load {{n}}', emails: [{ address: 'load{{n}}@example.org' }] } };
  const read = await load(
    url,
    await token(),
    some.map((id) => get(`/api/v1/contacts/${id}`)),
  );
  note(
    'reading one contact',
    read.perSecond,
    'a second',
    12_000,
    (await load(floor.url, floor.token, [get('/one')])).perSecond,
    percentiles(read),
  );
  const page = await load(url, await token(), [get(list)]);
  const pageFloor = await startFloor(await api(list.slice('/api/v1'.length)));
  note(
    'page of 50, filtered and sorted',
    page.perSecond,
    'a second',
    2_500,
    (await load(pageFloor.url, pageFloor.token, [get('/one')])).perSecond,
    percentiles(page),
  );
  const found = await load(url, await token(), search);
  note('search', found.perSecond, 'a second', 1_500, undefined, percentiles(found));
  await fetch(`${url}/metrics`);
  const created = await load(url, await token(), [create]);
  const lag = await level();
  const delay = Number(/rapport_event_loop_delay_seconds\{quantile="0.99"\} (\S+)/.exec(await (await fetch(`${url}/metrics`)).text())[1]);
  note('creating a contact, 16 connections', created.perSecond, 'a second', 3_000, bare[16], percentiles(created));
  note('views behind after it', Math.round(lag), 'ms', 250);
  note('loop delay p99 meanwhile', Number((delay * 1000).toFixed(1)), 'ms', 20);
  note('resident after the load', rss(), 'MB');
  const events = (await api('/services/contacts/projections')).length;
  const head = contacts + created.count;
  for (const view of ['contacts.contact-row']) {
    const began = performance.now();
    await post(`/services/contacts/projections/${view}/rebuild`, {});
    await level(view);
    note(
      `rebuild of ${view}`,
      Math.round((head * 1000) / (performance.now() - began)),
      'a second',
      50_000,
      undefined,
      `${events} views in the service`,
    );
  }
}

/** Contacts by import: accepted, then seen by the views. */
async function imported(bare) {
  const [given, family] = [
    ['Ann', 'Bob', 'Cid', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana'],
    ['Lee', 'Stone', 'Hill', 'Ivanova', 'Petrov', 'Meyer', 'Cohen', 'Silva'],
  ];
  let file = 'First Name,Last Name,Email,Job title,Tags\n';
  for (let at = 0; at < contacts; at++) file += `${given[at % 8]},${family[(at >> 3) % 8]}${at},p${at}@example.com,Engineer,vip\n`;
  const { id } = await (
    await fetch(`${url}/api/v1/contacts/imports`, {
      method: 'POST',
      body: file,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'text/csv' },
    })
  ).json();
  const began = performance.now();
  await post(`/contacts/imports/${id}/run`, {});
  let most = 0;
  let page;
  do {
    await pause(250);
    page = await api(`/contacts/imports/${id}`);
    most = Math.max(most, rss());
  } while (page.status === 'running');
  const accepted = (Date.parse(page.finishedAt) - Date.parse(page.startedAt)) / 1000;
  note('import, accepted', Math.round(contacts / accepted), 'a second', 10_000, bare[512], `${page.counts.created} created`);
  await level();
  note('import, in the views', Math.round((contacts * 1000) / (performance.now() - began)), 'a second', 5_000);
  note('resident at most during the import', most, 'MB');
}

/** Waits until no view lags. @returns how long it took, in ms */
async function level(view) {
  const began = performance.now();
  for (;;) {
    const lists = await Promise.all(
      ['contacts', 'workspace', 'sales', 'analytics'].map((service) => api(`/services/${service}/projections`)),
    );
    const all = lists.flat().filter((one) => view === undefined || one.view === view);
    if (all.every(({ lag, state }) => lag === 0 && state === 'live')) return performance.now() - began;
    await pause(50);
  }
}

async function start(first) {
  const child = spawn(process.execPath, ['--enable-source-maps', here('../dist/apps/all-in-one/src/main.js')], {
    env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder },
  });
  children.add(child);
  let text = '';
  // Request logs are read and dropped, as a log collector would.
  child.stdout.on('data', (part) => text.length < 100_000 && (text += part));
  child.stderr.pipe(process.stderr);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(first ? /token=\S+\n/ : /Ready in .*\n/).test(text)) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${text}`);
    await pause(20);
  }
  return { child, ended, said: () => text };
}

async function stop() {
  server.child.kill('SIGTERM');
  await server.ended;
  children.delete(server.child);
}

async function startFloor(answer) {
  const child = spawn(process.execPath, [here('floor-server.mjs')], {
    env: { PATH: process.env.PATH, ...(answer ? { FLOOR_ANSWER: JSON.stringify(answer) } : {}) },
  });
  children.add(child);
  const line = await new Promise((resolve) => child.stdout.once('data', (part) => resolve(String(part))));
  const { port: at, token: key } = JSON.parse(line);
  return { url: `http://127.0.0.1:${at}`, token: key };
}

let known;
async function token() {
  const asked = spawnSync(process.execPath, [here('../dist/apps/cli/src/main.js'), '--url', url, '--data', folder, 'token'], {
    encoding: 'utf8',
  });
  return (known ??= asked.stdout.trim());
}
const headers = async () => ({ authorization: `Bearer ${await token()}`, 'content-type': 'application/json' });
async function api(path) {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: await headers() });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}
async function post(path, body) {
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: await headers(), body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
}
const get = (path) => ({ method: 'GET', path });
const load = async (to, key, requests) => {
  const figures = JSON.parse(await run('load.mjs', JSON.stringify({ url: to, token: key, connections: 16, seconds, requests })));
  const wrong = Object.keys(figures.statuses).filter((status) => !/^20[01]$/.test(status));
  if (wrong.length > 0) process.stderr.write(`answers of ${wrong.join(', ')}: ${JSON.stringify(figures.statuses)}\n`);
  return figures;
};
const percentiles = ({ p50, p99 }) => `p50 ${p50} ms, p99 ${p99} ms`;

function run(script, ...args) {
  const child = spawn(process.execPath, [here(script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part) => (out += part));
  return new Promise((resolve, reject) =>
    child.once('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`${script}: ${code}`)))),
  );
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rss = () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

function table() {
  const heads = ['what', 'measured', 'unit', 'wanted', 'floor', 'ratio', 'met', 'further'];
  const text = (value) => (typeof value === 'number' ? value.toLocaleString('en') : String(value));
  const widths = heads.map((name) => Math.max(name.length, ...rows.map((row) => text(row[name]).length)));
  const line = (cells) =>
    `${cells
      .map((cell, at) => (at === 1 || (at > 2 && at < 6) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd()}\n`;
  process.stdout.write(
    `\n${availableParallelism()} cores, the load generator beside; floors: bare Fastify with the token check, bare SQLite at the same durability\n`,
  );
  process.stdout.write(line(heads));
  for (const row of rows) process.stdout.write(line(heads.map((name) => text(row[name]))));
}

try {
  await bench();
  table();
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
