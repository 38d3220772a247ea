// The services apart on engines of their own, all of which can be made to fail.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessToken, readIdentity } from '#engines/data-folder';
import * as kafka from '../engines/kafka.mjs';
import * as mongo from '../engines/mongo.mjs';
import * as postgres from '../engines/postgres.mjs';
import { freePort } from '../engines/process.mjs';
import { startProxy } from '../engines/proxy.mjs';
import { startServices } from '../services.mjs';

const API_AUDIENCE = 'urn:rapport:api';
export const TENANT = 'main';
const PREFIX = 'faults';
const TOKEN_MINUTES = 120;

/**
 * Starts it; everything is ended and removed by `close`.
 *
 * @param {string} far the service that reaches PostgreSQL and Kafka through proxies
 */
export async function startInstallation(far) {
  for (const engine of [kafka, mongo, postgres]) {
    const lacking = await engine.missing();
    if (lacking) throw new Error(lacking);
  }
  const folder = mkdtempSync(join(tmpdir(), 'rapport-faults-'));
  chmodSync(folder, 0o711); // PostgreSQL has a user of its own, whose folder is in it
  const [kafkaPort, farPort, postgresPort] = [await freePort(), await freePort(), await freePort()];
  const toKafka = await startProxy(farPort);
  const further = [{ name: 'FAR', port: farPort, advertised: toKafka.port }];
  const beginKafka = () => kafka.start({ folder: join(folder, 'kafka'), port: kafkaPort, further });
  const beginPostgres = () => postgres.start({ folder: join(folder, 'postgres'), port: postgresPort });
  const ends = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }), () => toKafka.stop()];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    for (const name of ['kafka', 'mongo']) mkdirSync(join(folder, name));
    const running = { kafka: await beginKafka() };
    ends.push(() => running.kafka.stop());
    running.postgres = await beginPostgres();
    ends.push(() => running.postgres.stop());
    const models = await mongo.start({ folder: join(folder, 'mongo') });
    ends.push(() => models.stop());
    const toPostgres = await startProxy(postgresPort);
    ends.push(() => toPostgres.stop());
    const through = new URL(running.postgres.address);
    through.port = String(toPostgres.port);
    const services = await startServices({
      folder: join(folder, 'services'),
      engines: { POSTGRES_URL: running.postgres.address, KAFKA_BROKERS: running.kafka.address, MONGODB_URL: `${models.address}/${PREFIX}` },
      prefix: PREFIX,
      own: { [far]: { RAPPORT_LOG: through.href, RAPPORT_VAULT: through.href, RAPPORT_KAFKA: `127.0.0.1:${toKafka.port}` } },
    });
    ends.push(async () => {
      for (const { child } of services.processes.values()) {
        child.kill('SIGCONT');
        child.kill('SIGKILL');
      }
      await Promise.all([...services.processes.values()].map(({ ended }) => ended));
    });
    await services.ready();
    return {
      services,
      url: services.address,
      postgres: running.postgres.address,
      brokers: running.kafka.address,
      prefix: PREFIX,
      against: [running.postgres.against, running.kafka.against, models.against],
      proxies: [toPostgres, toKafka],
      async killKafka() {
        await running.kafka.kill();
        return async () => void (running.kafka = await beginKafka());
      },
      async killPostgres() {
        process.kill(running.postgres.pid, 'SIGKILL');
        return async () => void (running.postgres = await beginPostgres());
      },
      /** The first administrator begins. @returns a token of theirs */
      async admit() {
        const link = new URL(services.welcomeLink());
        const answer = await fetch(`${services.address}/api/welcome`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            token: link.searchParams.get('token'),
            name: 'Ann',
            email: 'ann@example.com',
            password: 'a long enough password',
          }),
        });
        if (!answer.ok) throw new Error(`The first administrator was not let in: ${answer.status} ${await answer.text()}`);
        const identity = readIdentity(join(folder, 'services', 'identity', 'identity.json'));
        const issuer = `${services.address}/oidc`;
        return accessToken(identity, {
          issuer,
          audience: API_AUDIENCE,
          user: identity.administrator,
          minutes: TOKEN_MINUTES,
          now: Date.now(),
        });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
