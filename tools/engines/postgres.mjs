// PostgreSQL from the system's packages: a private cluster in a folder, on loopback only, as durable as a real one. See under-test.mjs for the types.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OWNER = 'rapport';
const DATABASE = 'rapport';
/** Started where there is Docker and no server here. */
const IMAGE = 'postgres:17.6';
const PATIENCE = 30_000;
const ALWAYS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '',
};

/** The environment variable that names a running server: `postgres://user:password@host:port/database`. */
export const variable = 'POSTGRES_URL';

/** @returns {Promise<string | undefined>} what this machine lacks, as a sentence */
export async function missing() {
  if (!binaries()) return "PostgreSQL's server is not installed here (Debian: apt-get install postgresql).";
  if (isRoot() && !unprivileged()) return 'PostgreSQL does not run as root, and there is no user postgres here to run it as.';
  return undefined;
}

/**
 * Starts a cluster whose data is kept in the folder; a folder without one gets one.
 *
 * @param {{ folder: string, port?: number, settings?: Record<string, string> }} options `settings`: of the server, besides those it always has here
 * @returns {Promise<import('./under-test.mjs').Started>}
 */
export async function start({ folder, port, settings = {} }) {
  const lacking = await missing();
  if (lacking) throw new Error(lacking);
  const bin = /** @type {string} */ (binaries());
  const as = isRoot() ? unprivileged() : undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (as) await give(folder, as);
  const { data, password } = await cluster(bin, folder, as);
  await endFormer(data);
  const at = port ?? (await freePort());
  const server = await serve(() =>
    spawn(join(bin, 'postgres'), ['-D', data, ...asArguments({ ...settings, ...ALWAYS, port: at })], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  const { stdout } = await run(join(bin, 'postgres'), ['--version']);
  return {
    address: `postgres://${OWNER}:${password}@127.0.0.1:${at}/${DATABASE}`,
    against: `PostgreSQL ${/\d+(\.\d+)+/.exec(stdout)?.[0] ?? '(unknown version)'}`,
    pid: server.pid,
    stop: () => end(server),
  };
}

/**
 * Starts one by testcontainers; rejects where there is no Docker.
 *
 * @returns {Promise<import('./under-test.mjs').Started>}
 */
export async function container() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = randomBytes(16).toString('hex');
  const started = await new GenericContainer(IMAGE)
    .withEnvironment({ POSTGRES_USER: OWNER, POSTGRES_PASSWORD: password, POSTGRES_DB: DATABASE, POSTGRES_INITDB_ARGS: '--data-checksums' })
    .withExposedPorts(5432)
    // The image starts the server once to set it up and once to stay.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  return {
    address: `postgres://${OWNER}:${password}@${started.getHost()}:${started.getMappedPort(5432)}/${DATABASE}`,
    against: `PostgreSQL ${IMAGE.split(':')[1]} (container)`,
    stop: async () => void (await started.stop()),
  };
}

const isRoot = () => process.getuid?.() === 0;

/** The user the system's packages made for the server. */
function unprivileged() {
  const [, , uid, gid] = /^postgres:([^:]*):(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Gives a folder to the user the server runs as. */
async function give(folder, as) {
  chownSync(folder, as.uid, as.gid);
  await run('sh', ['-c', 'cd "$0"', folder], { ...as, cwd: '/' }).catch(() => {
    throw new Error(`PostgreSQL runs as the user postgres here, who may not enter ${folder}: a folder above it is closed to others.`);
  });
}

/** The folder of the server's programs: on the PATH, or where Debian and Homebrew keep them, the newest first. */
function binaries() {
  const versions = (folder, bin) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /^(postgresql@)?\d+$/.test(name))
          .sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
          .map((name) => join(folder, name, bin))
      : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions('/usr/lib/postgresql', 'bin'),
    ...versions('/opt/homebrew/opt', 'bin'),
    ...versions('/usr/local/opt', 'bin'),
  ];
  return folders.find((folder) => folder && ['postgres', 'initdb'].every((name) => existsSync(join(folder, name))));
}

/** The cluster of a folder, made when there is none: whole or not at all, so that a start cut short leaves nothing half made. */
async function cluster(bin, folder, as) {
  const [data, passwordFile] = [join(folder, 'cluster'), join(folder, 'password')];
  if (!existsSync(data)) {
    const making = `${data}.making`;
    rmSync(making, { recursive: true, force: true });
    writeFileSync(passwordFile, randomBytes(16).toString('hex'), { mode: 0o600 });
    if (as) chownSync(passwordFile, as.uid, as.gid);
    await run(
      join(bin, 'initdb'),
      ['-D', making, '-U', OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums'],
      { ...as, cwd: folder },
    );
    const single = spawn(join(bin, 'postgres'), ['--single', '-D', making, 'postgres'], { ...as, stdio: ['pipe', 'ignore', 'ignore'] });
    single.stdin.end(`CREATE DATABASE ${DATABASE};\n`);
    const code = await new Promise((resolve) => single.once('exit', resolve));
    if (code !== 0) throw new Error(`PostgreSQL could not make its database (it ended with ${code}).`);
    renameSync(making, data);
  }
  return { data, password: readFileSync(passwordFile, 'utf8') };
}

const asArguments = (settings) => Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Starts a server; sessions of a former one that was killed may hold its memory for a moment longer. */
async function serve(begin) {
  for (const until = Date.now() + PATIENCE; ;) {
    try {
      return await listen(begin());
    } catch (error) {
      if (!/shared memory block/.test(error.message) || Date.now() > until) throw error;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}

/** Waits until the server takes connections. @returns the server; rejects with its last words when it ends instead */
async function listen(server) {
  let said = '';
  const ended = new Promise((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said.trim().split('\n').slice(-5).join(' ')}`)));
  });
  const ready = new Promise((resolve) =>
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000);
      if (/ready to accept connections/.test(said)) resolve(server);
    }),
  );
  ended.catch(() => undefined); // once it runs, whoever uses it hears of its end
  return Promise.race([ready, ended]);
}

/** Ends a server: clients are cut off, what was committed stays. */
async function end(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGQUIT'), PATIENCE);
  await ended;
  clearTimeout(timer);
}

/** Ends a server that outlived whoever started it: its pid is in the folder. */
async function endFormer(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!(pid > 1) || !isPostgresOf(pid, data)) return;
  process.kill(pid, 'SIGINT');
  for (const until = Date.now() + PATIENCE; existsSync(file) && Date.now() < until;) await new Promise((next) => setTimeout(next, 50));
}

/** Whether the process is a server of this very folder: pids are given anew. */
function isPostgresOf(pid, data) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch {
    return false; // it has ended, or this system has no /proc: then the server itself says that the folder is in use
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
        probe.close(() => resolve(port));
      });
  });
}
