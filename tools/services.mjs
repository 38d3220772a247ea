// `npm run services`: the services as processes of their own, on the engines of the environment or of `npm run engines`, behind the edge. One signal ends
// all of it; the data stays in data/services and data/engines.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVICES } from '#events/services';
import { nodeToUse, root } from './node.mjs';

/** How every service is started, in containers too. The young generation is kept small, and threads share one arena: an idle service holds some 60 MB less. */
export const NODE_FLAGS = ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', '--max-semi-space-size=4'];
export const NODE_ENVIRONMENT = { MALLOC_ARENA_MAX: '1' };
const READY_WITHIN = 3 * 60_000;
/** What each engine is called in the settings of a service. */
const SETTINGS = { POSTGRES_URL: ['RAPPORT_LOG', 'RAPPORT_VAULT'], KAFKA_BROKERS: ['RAPPORT_KAFKA'], MONGODB_URL: ['RAPPORT_MODELS'] };

/**
 * @typedef {object} ServiceProcess
 * @property {string} name `contacts`, or `contacts-2` for a further replica
 * @property {string} service
 * @property {string} address
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => string} said what it has printed so far
 * @property {Promise<unknown>} ended
 */

/**
 * Starts the services and, in front of them, the edge. What is missing of secrets is made and kept in the folder.
 *
 * @param {{ folder: string, engines: NodeJS.ProcessEnv, port?: number, prefix?: string, env?: NodeJS.ProcessEnv, own?: Record<string, NodeJS.ProcessEnv> }} options `engines`: where the engines
 *   are, by the variables of their launchers; `prefix`: what topics and groups begin with; `own`: settings of one service alone, by its name
 */
export async function startServices({ folder, engines, port = 0, prefix = 'rapport', env = {}, own = {} }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ports = Object.fromEntries(await Promise.all([...SERVICES, 'edge'].map(async (name) => [name, await freePort()])));
  if (port) ports.edge = port;
  const address = `http://127.0.0.1:${ports.edge}`;
  const at = (service) => `http://127.0.0.1:${ports[service]}`;
  const common = {
    ...enginesIn(engines),
    RAPPORT_KAFKA_PREFIX: prefix,
    RAPPORT_MASTER_KEY: kept(join(folder, 'master.key')),
    RAPPORT_SERVICES_SECRET: kept(join(folder, 'services.secret')),
    RAPPORT_PUBLIC: address,
    RAPPORT_ISSUER: `${address}/oidc`,
    RAPPORT_JWKS: `${at('workspace')}/oidc/jwks`,
    RAPPORT_WORKSPACE: at('workspace'),
    RAPPORT_FILES: join(folder, 'imports'),
    ...env,
  };
  /** @type {Map<string, ServiceProcess>} */
  const processes = new Map();

  /** Starts a service, on its own port or, as a further replica, on any. */
  const start = async (service, name = service) => {
    const listening = name === service ? ports[service] : await freePort();
    const settings =
      service === 'edge'
        ? { RAPPORT_SERVICES: SERVICES.map((one) => `${one}=${at(one)}`).join(',') }
        : {
            ...common,
            RAPPORT_FIGURES: join(folder, `${name}.duckdb`),
            ...(service === 'workspace' ? { RAPPORT_IDENTITY: join(folder, 'identity') } : {}),
          };
    const process = begin(service, name, listening, { ...settings, ...own[service] });
    processes.set(name, process);
    return process;
  };
  for (const service of [...SERVICES, 'edge']) await start(service);
  return {
    address,
    processes,
    start,
    /** Resolves when all of them are ready. @throws when one of them ended, or they are not ready in time */
    async ready(within = READY_WITHIN) {
      const until = Date.now() + within;
      for (;;) {
        const gone = [...processes.values()].find(({ child }) => child.exitCode !== null);
        if (gone) throw new Error(`${gone.name} ended with ${gone.child.exitCode}:\n${gone.said().slice(-2000)}`);
        const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
        if (answer?.ok) return;
        if (Date.now() > until) {
          const states = answer ? await answer.text() : 'nothing answers';
          throw new Error(`The services are not ready after ${within / 1000} s: ${states}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    /** The link by which the first administrator begins; undefined when somebody has. */
    welcomeLink: () => /http\S+\/welcome\?token=\S+/.exec(processes.get('workspace').said())?.[0],
    /** @returns how each ended: 0 when in order */
    async stop() {
      for (const { child } of processes.values()) if (child.exitCode === null) child.kill('SIGTERM');
      return Promise.all([...processes.values()].map(async ({ name, ended }) => ({ name, end: await ended })));
    },
  };
}

/** @returns {ServiceProcess} */
function begin(service, name, port, env) {
  const file = join(root, 'dist', 'apps', service, 'src', 'main.js');
  const child = spawn(nodeToUse().file, [...NODE_FLAGS, file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutOurs(process.env), ...NODE_ENVIRONMENT, ...env, PORT: String(port) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-200_000)));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  return { name, service, address: `http://127.0.0.1:${port}`, child, said: () => said, ended };
}

/** Settings meant for another process must not reach these. */
const withoutOurs = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('RAPPORT_')));

function enginesIn(engines) {
  const missing = Object.keys(SETTINGS).filter((name) => !engines[name]);
  if (missing.length > 0) throw new Error(`The services need ${missing.join(', ')}: npm run engines says where.`);
  return Object.fromEntries(Object.entries(SETTINGS).flatMap(([name, settings]) => settings.map((setting) => [setting, engines[name]])));
}

/** 32 random bytes in base64, made once. */
function kept(file) {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs until a signal comes or a process ends by itself. */
async function main() {
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const own = Object.keys(SETTINGS).every((name) => process.env[name]);
  const engines = own ? undefined : await startOwnEngines();
  const services = await startServices({
    folder: join(root, 'data', 'services'),
    engines: { ...engines?.env, ...process.env },
    port: Number(process.env.PORT ?? 3000),
  });
  console.log('Starting the services …');
  try {
    await services.ready();
    for (const { name, address, child } of services.processes.values())
      console.log(`  ${name.padEnd(10)} ${address}  (process ${child.pid})`);
    console.log(`Ready at ${services.address}`);
    const link = services.welcomeLink();
    if (link) console.log(`\nWelcome. Open this link to begin; it is good once, for 15 minutes:\n${link}`);
    const ended = [...services.processes.values()].map(async ({ name, ended: end, said }) => {
      const how = await end;
      console.error(`${name} ended with ${how}:\n${said().slice(-2000)}`);
    });
    await Promise.race([stopped, ...ended]);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
  await services.stop();
  await engines?.stop();
}

async function startOwnEngines() {
  const { startEngines } = await import('./engines/index.mjs');
  console.log('Starting the engines; the first time their programs are fetched, which may take a minute.');
  const engines = await startEngines({ folder: join(root, 'data', 'engines'), keepPorts: true });
  for (const { name, why } of engines.down) console.error(`${name} could not be started: ${why}`);
  return engines;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
