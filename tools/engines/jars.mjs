// Engines that are Java programs: their jars come from Maven once, into a cache that git ignores, and run by plain `java`.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../node.mjs';

const run = promisify(execFile);
const FETCH_LIMIT = 300_000;

/** Where engines keep their programs: `data/engines` under the clone, unless `RAPPORT_ENGINES` names another folder. */
export const enginesFolder = () => process.env.RAPPORT_ENGINES ?? join(root, 'data', 'engines');

/** @returns {Promise<string | undefined>} what this machine lacks to fetch and run jars, as a sentence */
export async function missingForJars() {
  const lacking = [];
  for (const [program, flag] of [
    ['java', '-version'],
    ['mvn', '--version'],
  ]) {
    try {
      await run(program, [flag]);
    } catch {
      lacking.push(program);
    }
  }
  return lacking.length > 0 ? `There is no ${lacking.join(' and no ')} on this machine.` : undefined;
}

/**
 * Fetches jars with all they need, once: the folder is named by what was asked for.
 *
 * @param {string} name of the folder
 * @param {string[]} artifacts `group:artifact:version`
 * @returns {Promise<string>} what goes into `java -cp`
 */
export async function jars(name, artifacts) {
  const kept = join(enginesFolder(), 'jars', name);
  const folder = join(kept, artifacts.map((artifact) => artifact.split(':').slice(1).join('-')).join('+'));
  if (!existsSync(folder)) {
    mkdirSync(kept, { recursive: true });
    const work = mkdtempSync(join(kept, 'fetching-'));
    try {
      writeFileSync(join(work, 'pom.xml'), pomOf(artifacts));
      const target = join(work, 'jars');
      const copy = ['-q', '-B', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime'];
      await run('mvn', [...copy, `-DoutputDirectory=${target}`], { timeout: FETCH_LIMIT });
      // Another process may have been quicker; its jars are the same.
      if (!existsSync(folder)) renameSync(target, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return join(folder, '*');
}

/** @param {string[]} artifacts */
function pomOf(artifacts) {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>rapport</groupId><artifactId>engine</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>${dependencies.join('')}</dependencies></project>
`;
}
