import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresLog } from '#engines/event-store';
import { freshDatabase } from '../../../tools/engines/fresh.mjs';
import { engineUnderTest } from '../../../tools/engines/under-test.mjs';
import { startServices } from '../../../tools/services.mjs';
import { crmSales, type Product } from './testing/crm-sales.ts';

// Loading the sample data into real engines takes minutes of a small machine: it is done when it is asked for.
const asked = process.env.APART === '1';
const engines = asked ? await Promise.all(['postgres', 'kafka', 'mongo'].map((name) => engineUnderTest(name))) : [];
const against = engines.map((engine) => ('skipped' in engine ? 'nothing' : engine.against)).join(', ') || 'real engines, with APART=1';
const isHere = asked && engines.every((engine) => 'address' in engine);
afterAll(() => Promise.all(engines.map((engine) => ('stop' in engine ? engine.stop() : undefined))));

(isHere ? describe : describe.skip)(`in a process per service, behind the edge, against ${against}`, () => {
  crmSales(apart, 4);
});

async function apart(): Promise<Product> {
  const [postgres, kafka, mongo] = engines.map((engine) => ('address' in engine ? engine.address : '')) as [string, string, string];
  const database = await freshDatabase(postgres);
  const prefix = `t${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'rapport-services-'));
  const models = new URL(mongo);
  models.pathname = `/${prefix}`;
  const services = await startServices({
    folder,
    engines: { POSTGRES_URL: database.url, KAFKA_BROKERS: kafka, MONGODB_URL: models.href },
    prefix,
  });
  await services.ready();
  return {
    url: services.address,
    link: services.welcomeLink()!,
    folder: join(folder, 'identity'),
    async pullThePlug() {
      const all = [...services.processes.values()];
      for (const { child } of all) child.kill('SIGKILL');
      await Promise.all(all.map(({ ended }) => ended));
      for (const { service, name } of all) await services.start(service, name);
      await services.ready();
    },
    async endWhole() {
      const ends = await services.stop();
      const faults: string[] = ends.flatMap(({ name, end }) => (end === 0 ? [] : [`${name} ended with ${end}`]));
      for (const name of ['workspace', 'contacts', 'sales', 'analytics']) {
        const log = await openPostgresLog({ url: database.url, log: name });
        for (const finding of await log.verify()) faults.push(`${name}: ${JSON.stringify(finding)}`);
        await log.close();
      }
      return faults;
    },
    async close() {
      for (const { child } of services.processes.values()) child.kill('SIGKILL');
      await Promise.all([...services.processes.values()].map(({ ended }) => ended));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
