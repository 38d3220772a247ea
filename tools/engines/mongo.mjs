// The MongoDB stand-in, mongo-java-server on a file of its own; with Docker the real MongoDB. See the typedefs in under-test.mjs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jarsOf } from './maven.mjs';
import { freePort, startProcess } from './process.mjs';

const VERSION = '1.47.0';
const IMAGE = 'mongo:8.0.15';
const PROGRAM = fileURLToPath(new URL('./MongoStandIn.java', import.meta.url));
const UP_WITHIN = 60_000;

export const variable = 'MONGODB_URL';

const jars = () =>
  jarsOf(`mongo-java-server-${VERSION}`, [`de.bwaldvogel:mongo-java-server-h2-backend:${VERSION}`, 'org.slf4j:slf4j-nop:2.0.17']);

/** @type {import('./under-test.mjs').Launcher['missing']} */
export async function missing() {
  const found = await jars();
  return 'lacking' in found ? found.lacking : undefined;
}

/**
 * @param {{ folder: string, port?: number }} options
 * @returns {Promise<import('./under-test.mjs').Started & { kill(): Promise<void> }>}
 */
export async function start({ folder, port }) {
  const found = await jars();
  if ('lacking' in found) throw new Error(found.lacking);
  const listening = port ?? (await freePort());
  mkdirSync(folder, { recursive: true });
  const program = ['-cp', join(found.folder, '*'), PROGRAM, join(folder, 'mongo.mv'), String(listening)];
  const args = ['-Xmx1g', '-XX:+UseSerialGC', ...program];
  const running = await startProcess('java', args, { port: listening, log: join(folder, 'mongo.log'), within: UP_WITHIN });
  return { address: `mongodb://127.0.0.1:${listening}`, against: `mongo-java-server ${VERSION} (a stand-in)`, ...running };
}

/** @type {NonNullable<import('./under-test.mjs').Launcher['container']>} */
export async function container() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const started = await new GenericContainer(IMAGE)
    .withExposedPorts(27017)
    .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
    .withStartupTimeout(UP_WITHIN)
    .start();
  return {
    address: `mongodb://${started.getHost()}:${started.getMappedPort(27017)}`,
    against: `MongoDB ${IMAGE.split(':')[1]} in a container`,
    stop: async () => void (await started.stop()),
  };
}
