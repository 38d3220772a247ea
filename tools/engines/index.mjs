// `npm run engines`: starts every engine that can run here without Docker, says where, and ends all of them on one signal. Their data stays.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../node.mjs';

/** By the name of the launcher beside this file; see `Launcher` in under-test.mjs. */
const NAMES = ['postgres', 'kafka', 'mongo'];
const STARTED_WITHIN = 8 * 60_000;

/**
 * @typedef {object} Engines
 * @property {{ name: string, variable: string, address: string, against: string }[]} up
 * @property {{ name: string, why: string }[]} down
 * @property {NodeJS.ProcessEnv} env what suites and services find them by
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the engines side by side, each with its data in a folder of its own. What cannot be started is said, and keeps nothing from starting.
 *
 * @param {{ folder: string, keepPorts?: boolean }} options `keepPorts`: each listens where it did the last time
 * @returns {Promise<Engines>}
 */
export async function startEngines({ folder, keepPorts = false }) {
  mkdirSync(folder, { recursive: true });
  const ports = keepPorts ? portsIn(folder) : {};
  const stops = [];
  /** @type {Engines} */
  const engines = {
    up: [],
    down: [],
    env: {},
    async stop() {
      await Promise.allSettled(stops.map((stop) => stop()));
    },
  };
  await Promise.all(
    NAMES.map(async (name) => {
      try {
        const { variable, started } = await within(STARTED_WITHIN, start(name, join(folder, name), ports[name]), (late) =>
          late.started.stop(),
        );
        stops.push(() => started.stop());
        engines.up.push({ name, variable, address: started.address, against: started.against });
        engines.env[variable] = started.address;
        engines.env[`${variable}_IS`] = started.against;
      } catch (error) {
        engines.down.push({ name, why: /** @type {Error} */ (error).message });
      }
    }),
  );
  if (keepPorts) writeFileSync(join(folder, 'ports.json'), `${JSON.stringify({ ...ports, ...portsOf(engines.up) })}\n`);
  return engines;
}

async function start(name, folder, port) {
  const file = new URL(`./${name}.mjs`, import.meta.url);
  if (!existsSync(file)) throw new Error('There is no launcher of it yet.');
  /** @type {import('./under-test.mjs').Launcher} */
  const launcher = await import(file.href);
  const lacking = await launcher.missing();
  if (lacking) throw new Error(lacking);
  mkdirSync(folder, { recursive: true });
  return { variable: launcher.variable, started: await launcher.start({ folder, port }) };
}

/** What comes too late is ended again, by `undo`. */
function within(limit, work, undo) {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error(`It was not up after ${limit / 60_000} minutes.`));
    }, limit);
    work.then(
      (value) => (clearTimeout(timer), late ? void undo(value) : resolve(value)),
      (error) => (clearTimeout(timer), reject(error)),
    );
  });
}

function portsIn(folder) {
  const file = join(folder, 'ports.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** An address is a URL, or `host:port`. */
const portsOf = (up) => Object.fromEntries(up.map(({ name, address }) => [name, Number(/:(\d+)(?:\/|$|\?)/.exec(address)?.[1])]));

/** Runs until a signal comes. */
async function main() {
  const ended = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  console.log('Starting the engines; the first time their programs are fetched, which may take a minute.');
  const engines = await startEngines({ folder: join(root, 'data', 'engines'), keepPorts: true });
  for (const { variable, address, against } of engines.up) console.log(`export ${variable}=${address}   # ${against}`);
  for (const { name, why } of engines.down) console.log(`# ${name} could not be started: ${why}`);
  if (engines.up.length === 0) process.exitCode = 1;
  else {
    console.log('# Up. Ctrl-C ends them; their data stays in data/engines.');
    await ended;
  }
  await engines.stop();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
