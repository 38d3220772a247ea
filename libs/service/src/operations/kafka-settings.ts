import { readFileSync } from 'node:fs';
import type { KafkaBusOptions } from '#engines/event-bus';
import { flag, list, Misconfigured, oneOf, optional, secret, text, whole, type Configured } from './configuration.ts';

const file = 'a file in PEM form';

/** How a service finds its Kafka: settings to be named beside the process's own. */
export const KAFKA_SETTINGS = {
  KAFKA_BROKERS: list('host:port of some brokers, separated by commas'),
  KAFKA_PREFIX: text('what the names of topics and groups begin with', 'rapport'),
  KAFKA_REPLICAS: optional(whole(1, 100)),
  KAFKA_TLS: flag(false),
  KAFKA_TLS_CA: optional(text(file)),
  KAFKA_TLS_CERT: optional(text(file)),
  KAFKA_TLS_KEY: optional(text(file)),
  KAFKA_SASL: optional(oneOf(['plain', 'scram-sha-256', 'scram-sha-512'])),
  KAFKA_USERNAME: optional(text('a user of Kafka')),
  KAFKA_PASSWORD: optional(secret(text('that user’s password'))),
};

/** The same as the bus takes it. @throws Misconfigured when they do not fit together, or a file cannot be read */
export function kafkaOptions(
  settings: Configured<typeof KAFKA_SETTINGS>,
): Pick<KafkaBusOptions, 'brokers' | 'prefix' | 'replicas' | 'ssl' | 'sasl'> {
  const { KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY, KAFKA_SASL, KAFKA_USERNAME, KAFKA_PASSWORD } = settings;
  if ((KAFKA_TLS_CERT === undefined) !== (KAFKA_TLS_KEY === undefined))
    throw new Misconfigured('KAFKA_TLS_CERT and KAFKA_TLS_KEY belong together: a certificate and its key.');
  const said = [KAFKA_SASL, KAFKA_USERNAME, KAFKA_PASSWORD].filter((one) => one !== undefined).length;
  if (said !== 0 && said !== 3)
    throw new Misconfigured(
      'KAFKA_SASL, KAFKA_USERNAME and KAFKA_PASSWORD belong together: how to say who comes, who it is, and the proof.',
    );
  const files = {
    ...(KAFKA_TLS_CA ? { ca: [read('KAFKA_TLS_CA', KAFKA_TLS_CA)] } : {}),
    ...(KAFKA_TLS_CERT ? { cert: read('KAFKA_TLS_CERT', KAFKA_TLS_CERT) } : {}),
    ...(KAFKA_TLS_KEY ? { key: read('KAFKA_TLS_KEY', KAFKA_TLS_KEY) } : {}),
  };
  const ssl = Object.keys(files).length > 0 ? files : settings.KAFKA_TLS;
  return {
    brokers: settings.KAFKA_BROKERS,
    prefix: settings.KAFKA_PREFIX,
    replicas: settings.KAFKA_REPLICAS,
    ssl,
    // The type wants a mechanism's name alone; it is one of three.
    ...(KAFKA_SASL ? { sasl: { mechanism: KAFKA_SASL as 'plain', username: KAFKA_USERNAME!, password: KAFKA_PASSWORD! } } : {}),
  };
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Misconfigured(`${name} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
