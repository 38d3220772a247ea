// Which engine a contract suite runs against: the address in the environment, else one started here for the suite alone, else a container, else none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What every `tools/engines/<name>.mjs` exports.
 *
 * @typedef {object} Launcher
 * @property {string} variable the environment variable that names an address of a running one
 * @property {() => Promise<string | undefined>} missing what this machine lacks to start one without Docker, as a sentence
 * @property {(options: { folder: string, port?: number }) => Promise<Started>} start starts one on loopback, its data in the folder; any free port unless one is given
 * @property {boolean} [optional] whether a run that requires its engines may go without this one
 * @property {() => Promise<Started>} [container] starts one by testcontainers; rejects where there is no Docker
 */

/**
 * @typedef {object} Started
 * @property {string} address for the adapter: a URL, or `host:port`
 * @property {string} against what it is, for the table of engines: `PostgreSQL 15.18`, `mongo-java-server 1.47 (a stand-in)`
 * @property {number} [pid]
 * @property {() => Promise<void>} stop ends it; data in the folder stays
 */

/**
 * Finds an engine for a suite. With `ENGINES=required` none is an error.
 *
 * @param {string} name of a file beside this one: `postgres`, `kafka`, `mongo`
 * @returns {Promise<Started | { skipped: string }>}
 */
export async function engineUnderTest(name) {
  /** @type {Launcher} */
  const launcher = await import(`./${name}.mjs`);
  const address = process.env[launcher.variable];
  if (address)
    return { address, against: process.env[`${launcher.variable}_IS`] ?? 'the one named in the environment', stop: async () => undefined };
  const lacking = await launcher.missing();
  if (!lacking) return startAlone(launcher);
  const why = await inContainer(launcher);
  if (typeof why !== 'string') return why;
  const skipped = `${lacking} ${why}`;
  if (process.env.ENGINES === 'required' && !launcher.optional) throw new Error(`ENGINES=required, and there is no ${name}. ${skipped}`);
  return { skipped };
}

/** @param {Launcher} launcher */
async function startAlone(launcher) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-engine-'));
  const started = await launcher.start({ folder });
  return {
    ...started,
    async stop() {
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {Launcher} launcher */
async function inContainer(launcher) {
  if (!launcher.container) return 'There is no container of it.';
  try {
    return await launcher.container();
  } catch (error) {
    return `No container could be started (${/** @type {Error} */ (error).message}).`;
  }
}
