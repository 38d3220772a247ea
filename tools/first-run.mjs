// Makes a fresh clone ready: installs what is missing, builds what is stale. Plain JavaScript for any Node from 18 on.
// All it says goes to the error stream: what a program reads is the output of what comes after.
//   node tools/first-run.mjs [--install-only]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBundled, isNewEnough, nodeToUse, root } from './node.mjs';

const lockfile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const stamp = join(root, 'node_modules', '.rapport-installed');

const fingerprint = () => `${process.platform}-${process.arch} ${createHash('sha256').update(readFileSync(lockfile)).digest('hex')}\n`;

/** Whether node_modules is what the lockfile says: npm wrote its own copy after the lockfile last changed, or the lockfile's hash is the stamped one. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp)) {
    const stamped = readFileSync(stamp, 'utf8');
    if (stamped === fingerprint()) return true;
    if (stamped.split(' ')[0] !== `${process.platform}-${process.arch}`) return false;
  }
  return statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;
}

/** Runs `npm ci`, with a line every few seconds so that a slow network does not look like a hang. */
async function install() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 18) stop(`Installing Rapport needs Node 18 or newer; this is ${process.version}.`);
  if (!isNewEnough(process.version) && !isBundled()) stop(nodeToUse().problem);
  console.error('Installing what Rapport needs (once; a minute or so) …');
  const began = Date.now();
  const underNpm = process.env.npm_execpath?.endsWith('.js');
  const command = underNpm ? process.execPath : 'npm';
  const args = [
    ...(underNpm ? [process.env.npm_execpath] : []),
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !underNpm && process.platform === 'win32',
  });
  const ticking = setInterval(() => console.error(`  … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
  const code = await new Promise((resolve) => npm.once('error', (error) => resolve(error.message)).once('exit', resolve));
  clearInterval(ticking);
  if (code !== 0) {
    stop(
      typeof code === 'string'
        ? `npm could not be started (${code}). It comes with Node: https://nodejs.org`
        : 'npm could not install the packages (its reason is above). Check the network and run the same command again.',
    );
  }
  writeFileSync(stamp, fingerprint());
  console.error(`Installed in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}

/** Says why it cannot go on, and ends. */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * Installs what is missing and, unless told not to, builds what is stale. Ends the process with a sentence when it cannot.
 *
 * @returns {Promise<string>} the Node to run with
 */
export async function makeReady({ build = true } = {}) {
  if (!existsSync(lockfile)) stop('package-lock.json is missing beside package.json: this is not a whole copy of Rapport. Clone it again.');
  if (!isInstalled()) await install();
  const node = nodeToUse();
  if (node.problem) stop(node.problem);
  if (build) {
    const { status } = spawnSync(node.file, [join(root, 'tools', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
  return node.file;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  await makeReady({ build: !process.argv.includes('--install-only') });
