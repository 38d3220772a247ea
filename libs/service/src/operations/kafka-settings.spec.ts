import { configuration } from './configuration.ts';
import { KAFKA_SETTINGS, kafkaOptions } from './kafka-settings.ts';

const options = (env: Record<string, string>) =>
  kafkaOptions(configuration({ RAPPORT_KAFKA: 'one:9092, two:9092', ...env }, KAFKA_SETTINGS));

it('needs no more than the brokers', () =>
  expect(options({})).toEqual({ brokers: ['one:9092', 'two:9092'], prefix: 'rapport', replicas: undefined, ssl: false }));
it('says who comes, over TLS', () =>
  expect(
    options({ RAPPORT_KAFKA_TLS: 'true', RAPPORT_KAFKA_SASL: 'scram-sha-512', RAPPORT_KAFKA_USER: 'sales', RAPPORT_KAFKA_PASSWORD: 'x' }),
  ).toMatchObject({
    ssl: true,
    sasl: { mechanism: 'scram-sha-512', username: 'sales', password: 'x' },
  }));
it.each([
  ['without brokers', { RAPPORT_KAFKA: '' }, 'RAPPORT_KAFKA must be set: host:port'],
  ['half a login', { RAPPORT_KAFKA_SASL: 'plain', RAPPORT_KAFKA_USER: 'sales' }, 'RAPPORT_KAFKA_PASSWORD belong together'],
  ['half a certificate', { RAPPORT_KAFKA_TLS_CERT: 'cert.pem' }, 'RAPPORT_KAFKA_TLS_KEY belong together'],
  [
    'a file that is not there',
    { RAPPORT_KAFKA_TLS_CA: 'nowhere.pem' },
    'RAPPORT_KAFKA_TLS_CA names nowhere.pem, which cannot be read (ENOENT)',
  ],
])('refuses %s, and says what would be right', (_, env, said) => expect(() => options(env as Record<string, string>)).toThrow(said));
