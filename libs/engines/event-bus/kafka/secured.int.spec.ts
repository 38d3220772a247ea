import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaBus, type KafkaBusOptions } from '#engines/event-bus';
import * as launcher from '../../../../tools/engines/kafka.mjs';
import { freePort } from '../../../../tools/engines/process.mjs';

const run = promisify(execFile);
const SECRET = 'only-for-this-test';

// A broker of its own, with a certificate and a user.
const lacking = await launcher.missing();
const suite = lacking ? describe.skip : describe;
suite('event bus: Kafka against one that asks who comes', () => {
  let folder: string;
  let broker: Awaited<ReturnType<typeof launcher.start>>;
  let options: Pick<KafkaBusOptions, 'brokers' | 'ssl' | 'sasl'>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secured-'));
    const keystore = join(folder, 'keys.p12');
    const store = ['-alias', 'broker', '-keystore', keystore, '-storepass', SECRET];
    await run('keytool', [
      '-genkeypair',
      '-keyalg',
      'EC',
      '-dname',
      'CN=broker',
      '-ext',
      'SAN=IP:127.0.0.1',
      '-storetype',
      'PKCS12',
      ...store,
    ]);
    await run('keytool', ['-exportcert', '-rfc', '-file', join(folder, 'ca.pem'), ...store]);
    const port = await freePort();
    const login = `org.apache.kafka.common.security.plain.PlainLoginModule required user_sales="${SECRET}";`;
    broker = await launcher.start({
      folder,
      further: [
        {
          name: 'SECURED',
          port,
          protocol: 'SASL_SSL',
          settings: {
            'listener.name.secured.ssl.keystore.location': keystore,
            'listener.name.secured.ssl.keystore.password': SECRET,
            'listener.name.secured.ssl.keystore.type': 'PKCS12',
            'listener.name.secured.sasl.enabled.mechanisms': 'PLAIN',
            'listener.name.secured.plain.sasl.jaas.config': login,
          },
        },
      ],
    });
    const ca = readFileSync(join(folder, 'ca.pem'), 'utf8');
    options = { brokers: [`127.0.0.1:${port}`], ssl: { ca: [ca] }, sasl: { mechanism: 'plain', username: 'sales', password: SECRET } };
  }, 120_000);
  afterAll(async () => {
    await broker.stop();
    await rm(folder, { recursive: true });
  });

  async function prepared(more: Partial<KafkaBusOptions>) {
    const bus = await kafkaBus({ ...options, logs: ['sales'], ...more });
    try {
      return (await bus.outlet('sales').prepare(undefined)).generation;
    } finally {
      await bus.close();
    }
  }

  it('lets in who has the right certificate and the right password', async () => {
    expect(await prepared({})).toBe(1);
  });

  it.each([
    ['password', { sasl: { mechanism: 'plain', username: 'sales', password: 'another' } }],
    ['certificate', { ssl: true }],
  ] as [string, Partial<KafkaBusOptions>][])(
    'does not let in who has not the right %s',
    async (_, wrong) => {
      await expect(prepared(wrong)).rejects.toThrow();
    },
    120_000,
  );
});
