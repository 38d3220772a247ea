import { configuration } from './configuration.ts';
import { KAFKA_SETTINGS, kafkaOptions } from './kafka-settings.ts';

const options = (env: Record<string, string>) =>
  kafkaOptions(configuration({ KAFKA_BROKERS: 'one:9092, two:9092', ...env }, KAFKA_SETTINGS));

it('needs no more than the brokers', () =>
  expect(options({})).toEqual({ brokers: ['one:9092', 'two:9092'], prefix: 'rapport', replicas: undefined, ssl: false }));
it('says who comes, over TLS', () =>
  expect(options({ KAFKA_TLS: 'true', KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: 'sales', KAFKA_PASSWORD: 'x' })).toMatchObject({
    ssl: true,
    sasl: { mechanism: 'scram-sha-512', username: 'sales', password: 'x' },
  }));
it.each([
  ['without brokers', { KAFKA_BROKERS: '' }, 'KAFKA_BROKERS must be set: host:port'],
  ['half a login', { KAFKA_SASL: 'plain', KAFKA_USERNAME: 'sales' }, 'KAFKA_PASSWORD belong together'],
  ['half a certificate', { KAFKA_TLS_CERT: 'cert.pem' }, 'KAFKA_TLS_KEY belong together'],
  ['a file that is not there', { KAFKA_TLS_CA: 'nowhere.pem' }, 'KAFKA_TLS_CA names nowhere.pem, which cannot be read (ENOENT)'],
])('refuses %s, and says what would be right', (_, env, said) => expect(() => options(env as Record<string, string>)).toThrow(said));
