// Jars of engines that are written in Java, fetched once by Maven into a folder that starts share.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../node.mjs';

const run = promisify(execFile);
const OLDEST_JAVA = 17;
const FETCHED_WITHIN = 5 * 60_000;

/** Where jars are kept: `ENGINES_CACHE`, else a folder of this clone that git does not see. */
const cache = () => process.env.ENGINES_CACHE || join(root, 'data', 'engines', 'jars');

/**
 * The folder with an engine's jars, fetched when they are not there yet.
 *
 * @param {string} name of the folder, with the version: what is fetched never changes under one name
 * @param {string[]} artifacts `group:artifact:version`, taken with all they need
 * @returns {Promise<{ folder: string } | { lacking: string }>} `lacking`: a sentence
 */
export async function jarsOf(name, artifacts) {
  const java = await javaLacking(name);
  if (java) return { lacking: java };
  const folder = join(cache(), name);
  if (existsSync(folder)) return { folder };
  try {
    await run('mvn', ['--version']);
  } catch {
    return { lacking: `The jars of ${name} are fetched by Maven once, and there is no mvn here.` };
  }
  try {
    await fetchInto(folder, artifacts);
    return { folder };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return { lacking: `The jars of ${name} could not be fetched by Maven (${message.split('\n')[0]}).` };
  }
}

/** @param {string} name */
async function javaLacking(name) {
  try {
    const { stderr } = await run('java', ['-version']);
    const version = Number(/version "(\d+)/.exec(stderr)?.[1]);
    return version >= OLDEST_JAVA ? undefined : `${name} needs Java ${OLDEST_JAVA} or newer; this is ${version}.`;
  } catch {
    return `${name} needs Java ${OLDEST_JAVA} or newer, and there is no java here.`;
  }
}

/** Several may fetch at once: each into a folder of its own, and the first to be done gives it its name. */
async function fetchInto(folder, artifacts) {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(join(work, 'pom.xml'), pomOf(artifacts));
    const jars = join(work, 'jars');
    const args = ['-q', '-B', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', [...args, `-DoutputDirectory=${jars}`], { timeout: FETCHED_WITHIN });
    if (!existsSync(folder)) renameSync(jars, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const pomOf = (artifacts) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>rapport</groupId><artifactId>engine</artifactId><version>1</version>
  <dependencies>${artifacts
    .map((one) => one.split(':'))
    .map(
      ([group, artifact, version]) =>
        `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
    )
    .join('')}</dependencies>
</project>
`;
