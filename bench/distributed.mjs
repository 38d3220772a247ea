// npm run bench -- distributed: services of their own on Kafka, PostgreSQL and MongoDB (the stand-in, where MONGODB_URL names none), the load generator beside
// them. `--seconds S` (10) a row, `--events N` (1,000,000) to catch up with, `--only idle,lag,commands,kafka`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngines } from '../tools/engines/index.mjs';
import { startServices } from '../tools/services.mjs';
import { measureKafka } from './distributed-kafka.mjs';
import { freePort, startServer, tokenOf } from './server.mjs';
import { note, table } from './table.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LAG_AT = [20, 200, 1000];
const PROBE_EVERY = 100;

/** @param {string[]} args */
export async function distributed(args) {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '10' },
      events: { type: 'string', default: '1000000' },
      only: { type: 'string', default: 'idle,lag,commands,kafka' },
    },
  });
  const only = values.only.split(',');
  const seconds = Number(values.seconds);
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  chmodSync(folder, 0o711); // where root measures, PostgreSQL runs as another user
  const engines = await startEngines({ folder: join(folder, 'engines') });
  for (const { name, why } of engines.down) throw new Error(`${name}: ${why}`);
  try {
    for (const { against } of engines.up) process.stderr.write(`on ${against}\n`);
    if (['idle', 'lag', 'commands'].some((part) => only.includes(part))) await measureServices(engines, folder, seconds, only);
    if (only.includes('kafka')) await measureKafka(engines.env.KAFKA_BROKERS, join(folder, 'fresh'), Number(values.events));
    table(`on ${engines.up.map(({ against }) => against).join(', ')}`);
  } finally {
    await engines.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measureServices(engines, folder, seconds, only) {
  const services = await startServices({ folder: join(folder, 'services'), engines: engines.env });
  try {
    await services.ready();
    for (const { name, child } of services.processes.values()) note(`idle: ${name}`, resident(child.pid), 'MB', { wanted: 180 });
    const { begin } = await import('#testing/all-in-one');
    await begin({ url: services.address, link: services.welcomeLink() });
    const apart = { url: services.address, token: tokenOf(join(folder, 'services', 'identity'), services.address) };
    if (only.includes('lag')) for (const rate of LAG_AT) await lagAt(apart, rate, seconds);
    if (only.includes('commands')) await commands(apart, folder, seconds);
  } finally {
    await services.stop();
  }
}

/** How long after a deal was opened in sales its customer's page, in contacts, shows it, while others open deals at a rate. */
async function lagAt(server, rate, seconds) {
  const api = apiOf(server);
  const [pipeline] = (await api('GET', '/pipelines')).body;
  const pipelineId = pipeline?.id ?? (await api('POST', '/pipelines', { name: 'Sales', isDefault: true })).body.id;
  const made = await api('POST', '/accounts', { name: `Probe ${rate}` });
  const accountId = made.body.id;
  /** Asks for the page until it has seen what stands at a position. @returns how often that took longer than a query waits */
  const shown = async (position) => {
    for (let late = 0; ; late++) {
      const { status } = await api('GET', `/accounts/${accountId}/360`, undefined, { 'rapport-after': position });
      if (status === 200) return late;
    }
  };
  await shown(made.position);
  // The load's deals are of no customer: thousands of one would make its summary costly, which no customer has.
  const body = { name: 'Ten desks', pipelineId, value: { amount: '900.00', currency: 'EUR' } };
  const loading = load(server, [{ method: 'POST', path: '/api/v1/opportunities', body }], { seconds: seconds + 1, rate, connections: 32 });
  const until = performance.now() + seconds * 1000;
  const [sent, answered] = [[], []];
  let late = 0;
  while (performance.now() < until) {
    const began = performance.now();
    const { position } = await api('POST', '/opportunities', { ...body, accountId });
    const acknowledged = performance.now();
    late += await shown(position);
    sent.push(performance.now() - began);
    answered.push(performance.now() - acknowledged);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, PROBE_EVERY - (performance.now() - began))));
  }
  const figures = await loading;
  const at = (list, share) => Math.round(list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))]);
  note(`command to 360° view elsewhere, at ${rate} a second: p50`, at(sent, 0.5), 'ms', {
    further: `${at(answered, 0.5)} after its answer; ${figures.perSecond} a second came about, p50 ${figures.p50} ms`,
  });
  note(`… p99`, at(sent, 0.99), 'ms', {
    further: `${at(answered, 0.99)} after its answer; ${sent.length} probes, ${late} waits of more than 2 s`,
  });
}

/** Commands a second through the edge on PostgreSQL, beside one process on SQLite. */
async function commands(apart, folder, seconds) {
  const children = new Set();
  const port = await freePort();
  const server = await startServer(join(folder, 'one'), port, children);
  try {
    const { begin } = await import('#testing/all-in-one');
    await begin({ url: server.url, link: /http\S+token=\S+/.exec(server.said())[0] });
    const one = { url: server.url, token: server.token() };
    const create = {
      method: 'POST',
      path: '/api/v1/contacts',
      body: { name: 'Load {{n}}', emails: [{ address: 'load{{n}}@example.org' }] },
    };
    for (const connections of [1, 16, 64]) {
      const embedded = await load(one, [create], { seconds, connections });
      const separate = await load(apart, [create], { seconds, connections });
      note(`creating a contact, ${connections} connections: services on PostgreSQL`, separate.perSecond, 'a second', {
        floor: embedded.perSecond,
        further: `p50 ${separate.p50} ms, p99 ${separate.p99} ms; floor: one process on SQLite, p50 ${embedded.p50} ms`,
      });
    }
  } finally {
    await server.stop();
  }
}

const apiOf =
  ({ url, token }) =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok && answer.status !== 503) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return { status: answer.status, body: text && JSON.parse(text), position: answer.headers.get('rapport-position') };
  };

function load({ url, token }, requests, how) {
  const child = spawn(process.execPath, [here('load.mjs'), JSON.stringify({ url, token, requests, ...how })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (part) => (out += part));
  return new Promise((resolve, reject) =>
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`load.mjs: ${code}`));
      const figures = JSON.parse(out);
      const wrong = Object.entries(figures.statuses).filter(([status]) => !/^20[01]$/.test(status));
      for (const [status, count] of wrong) process.stderr.write(`${count} answers of ${status}\n`);
      resolve(figures);
    }),
  );
}

const resident = (pid) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
