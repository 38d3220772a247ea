// Which Node runs Rapport. Plain JavaScript for any Node from 18 on: this file runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const platform = process.platform === 'win32' ? 'win' : process.platform;
const bundledName = `node-${platform}-${process.arch}`;

/** Where npm puts the Node that travels with the lockfile; undefined when there is none for this platform. */
export function bundledNode() {
  const file = join(root, 'node_modules', bundledName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
}

/** Whether the lockfile carries a Node for this platform. */
export function isBundled() {
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return bundledName in optionalDependencies;
}

/** Whether `version` (`v24.15.0`) is new enough; the floor is written in package.json. */
export function isNewEnough(version, floor = requiredNode()) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  const [wantedMajor, wantedMinor = 0] = floor.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The oldest Node that will do, as `24.15`. */
export function requiredNode() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace(/[^\d.]/g, '');
}

/**
 * The Node to run with: the bundled one where it works (it does not on musl), else the one running now.
 *
 * @returns {{ file: string, version: string } | { problem: string }}
 */
export function nodeToUse() {
  const bundled = bundledNode();
  if (bundled) {
    const { stdout, status } = spawnSync(bundled, ['--version'], { encoding: 'utf8' });
    if (status === 0 && isNewEnough(stdout.trim())) return { file: bundled, version: stdout.trim() };
  }
  if (isNewEnough(process.version)) return { file: process.execPath, version: process.version };
  const why = isBundled()
    ? 'the one that travels with it does not run on this system'
    : `none travels with it for ${platform}-${process.arch}`;
  return {
    problem: `Rapport needs Node ${requiredNode()} or newer; this is ${process.version}, and ${why}. Install a current Node from https://nodejs.org and run the same command again.`,
  };
}
