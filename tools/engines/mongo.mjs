// The MongoDB stand-in, mongo-java-server on a file of its own; with Docker the real MongoDB. See the typedefs in under-test.mjs.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jars, missingForJars } from './jars.mjs';

const VERSION = '1.47.0';
const ARTIFACTS = [`de.bwaldvogel:mongo-java-server-h2-backend:${VERSION}`, 'org.slf4j:slf4j-nop:2.0.17'];
const PROGRAM = fileURLToPath(new URL('./MongoStandIn.java', import.meta.url));
const IMAGE = 'mongo:8.0.15';
const START_LIMIT = 60_000;

export const variable = 'MONGODB_URL';

export const missing = missingForJars;

/** @type {import('./under-test.mjs').Launcher['start']} */
export async function start({ folder, port = 0 }) {
  const classPath = await jars('mongo', ARTIFACTS);
  mkdirSync(folder, { recursive: true });
  const args = ['-Xmx512m', '-XX:+UseSerialGC', '-cp', classPath, PROGRAM, join(folder, 'mongo.mv'), String(port)];
  // Its standard input is held open: when this process ends, however, so does it.
  const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const listening = await listeningPort(child).catch(async (error) => {
    child.kill('SIGKILL');
    await ended;
    throw error;
  });
  return {
    address: `mongodb://127.0.0.1:${listening}`,
    against: `mongo-java-server ${VERSION} (a stand-in)`,
    pid: child.pid,
    async stop() {
      child.stdin.end();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @returns {Promise<number>} the port it says it listens on
 */
function listeningPort(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => fail(`nothing heard of it for ${START_LIMIT / 1000} s.`), START_LIMIT);
    const fail = (why) => {
      clearTimeout(timer);
      reject(new Error(`the MongoDB stand-in did not start: ${why} ${said.trim()}`));
    };
    const hear = (chunk) => {
      said = (said + chunk).slice(-4_000);
      const port = /^listening on (\d+)$/m.exec(said)?.[1];
      if (port) {
        clearTimeout(timer);
        resolve(Number(port));
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => fail(`it ended with ${signal ?? code}.`));
  });
}

/** @type {NonNullable<import('./under-test.mjs').Launcher['container']>} */
export async function container() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const started = await new GenericContainer(IMAGE)
    .withExposedPorts(27017)
    .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
    .start();
  return {
    address: `mongodb://${started.getHost()}:${started.getMappedPort(27017)}`,
    against: `MongoDB ${IMAGE.split(':')[1]}`,
    stop: async () => void (await started.stop()),
  };
}
