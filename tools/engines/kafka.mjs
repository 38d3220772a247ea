// A real Kafka on loopback: one node that is broker and controller, from its jars, by plain `java`.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jarsOf } from './maven.mjs';
import { freePort, startProcess } from './process.mjs';

const VERSION = '4.1.1';
const LOGGING = '2.25.2';
const UP_WITHIN = 90_000;
const run = promisify(execFile);

export const variable = 'KAFKA_BROKERS';

const jars = () =>
  jarsOf(`kafka-${VERSION}`, [
    `org.apache.kafka:kafka_2.13:${VERSION}`,
    ...['slf4j-impl', 'core', '1.2-api'].map((name) => `org.apache.logging.log4j:log4j-${name}:${LOGGING}`),
  ]);

export async function missing() {
  const found = await jars();
  return 'lacking' in found ? found.lacking : undefined;
}

/**
 * A way in beside the plain one: for those who come by a proxy, or who have to say who they are.
 *
 * @typedef {object} Listener
 * @property {string} name in capitals
 * @property {number} port where it listens
 * @property {number} [advertised] what it tells clients to connect to: a proxy's port
 * @property {string} [protocol] `PLAINTEXT` unless told
 * @property {Record<string, string>} [settings] of the broker, for this listener
 */

/**
 * @param {{ folder: string, port?: number, further?: Listener[] }} options
 * @returns {Promise<import('./under-test.mjs').Started & { kill(): Promise<void> }>}
 */
export async function start({ folder, port, further = [] }) {
  const found = await jars();
  if ('lacking' in found) throw new Error(found.lacking);
  const listening = port ?? (await freePort());
  const data = join(folder, 'data');
  const file = join(folder, 'server.properties');
  mkdirSync(data, { recursive: true });
  writeFileSync(file, propertiesOf(further.reduce(withListener, serverSettings(data, listening, await freePort()))));
  const classPath = ['-cp', join(found.folder, '*')];
  if (!existsSync(join(data, 'meta.properties'))) {
    const tool = [...classPath, 'kafka.tools.StorageTool'];
    const id = (await run('java', [...tool, 'random-uuid'])).stdout.trim().split('\n').at(-1);
    await run('java', [...tool, 'format', '--ignore-formatted', '-t', id, '-c', file]);
  }
  const logging = join(folder, 'log4j2.properties');
  writeFileSync(logging, LOG4J);
  const args = ['-Xmx512m', '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${logging}`, ...classPath, 'kafka.Kafka', file];
  const running = await startProcess('java', args, { port: listening, log: join(folder, 'kafka.log'), within: UP_WITHIN });
  return { address: `127.0.0.1:${listening}`, against: `Kafka ${VERSION}`, ...running };
}

export async function container() {
  const { GenericContainer, Wait } = await import('testcontainers');
  const port = await freePort();
  const broker = await new GenericContainer(`apache/kafka:${VERSION}`)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment(environmentOf(serverSettings('/var/lib/kafka/data', port, 29093, '0.0.0.0')))
    .withWaitStrategy(Wait.forLogMessage('Kafka Server started'))
    .withStartupTimeout(UP_WITHIN)
    .start();
  return { address: `127.0.0.1:${port}`, against: `Kafka ${VERSION} in a container`, stop: async () => void (await broker.stop()) };
}

/** A node that keeps what it was given, makes no topic by itself, and wastes no time on waiting for others. */
const serverSettings = (data, port, controllerPort, bind = '127.0.0.1') => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://${bind}:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'log.dirs': data,
  'auto.create.topics.enable': 'false',
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
});

const withListener = (before, { name, port, advertised = port, protocol = 'PLAINTEXT', settings = {} }) => ({
  ...before,
  listeners: `${before.listeners},${name}://127.0.0.1:${port}`,
  'advertised.listeners': `${before['advertised.listeners']},${name}://127.0.0.1:${advertised}`,
  'listener.security.protocol.map': `${before['listener.security.protocol.map']},${name}:${protocol}`,
  'inter.broker.listener.name': 'PLAINTEXT',
  ...settings,
});

const propertiesOf = (settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const environmentOf = (settings) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`KAFKA_${name.replaceAll('.', '_').toUpperCase()}`, value]));

const LOG4J = `rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %c{1}: %m%n
`;
