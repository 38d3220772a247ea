import { readFileSync } from 'node:fs';
import type { KafkaBusOptions } from '#engines/event-bus';
import { flag, list, Misconfigured, oneOf, optional, secret, text, whole, type Configured } from './configuration.ts';

const file = 'a file in PEM form';

/** How a service finds its Kafka. */
export const KAFKA_SETTINGS = {
  RAPPORT_KAFKA: list('host:port of some brokers, separated by commas'),
  RAPPORT_KAFKA_PREFIX: text('what the names of topics and groups begin with', 'rapport'),
  RAPPORT_KAFKA_REPLICAS: optional(whole(1, 100)),
  RAPPORT_KAFKA_TLS: flag(false),
  RAPPORT_KAFKA_TLS_CA: optional(text(file)),
  RAPPORT_KAFKA_TLS_CERT: optional(text(file)),
  RAPPORT_KAFKA_TLS_KEY: optional(text(file)),
  RAPPORT_KAFKA_SASL: optional(oneOf(['plain', 'scram-sha-256', 'scram-sha-512'])),
  RAPPORT_KAFKA_USER: optional(text('a user of Kafka')),
  RAPPORT_KAFKA_PASSWORD: optional(secret(text('that user’s password'))),
};

/** The same as the bus takes it. @throws Misconfigured when they do not fit together, or a file cannot be read */
export function kafkaOptions(
  settings: Configured<typeof KAFKA_SETTINGS>,
): Pick<KafkaBusOptions, 'brokers' | 'prefix' | 'replicas' | 'ssl' | 'sasl'> {
  const {
    RAPPORT_KAFKA_TLS_CA,
    RAPPORT_KAFKA_TLS_CERT,
    RAPPORT_KAFKA_TLS_KEY,
    RAPPORT_KAFKA_SASL,
    RAPPORT_KAFKA_USER,
    RAPPORT_KAFKA_PASSWORD,
  } = settings;
  if ((RAPPORT_KAFKA_TLS_CERT === undefined) !== (RAPPORT_KAFKA_TLS_KEY === undefined))
    throw new Misconfigured('RAPPORT_KAFKA_TLS_CERT and RAPPORT_KAFKA_TLS_KEY belong together: a certificate and its key.');
  const said = [RAPPORT_KAFKA_SASL, RAPPORT_KAFKA_USER, RAPPORT_KAFKA_PASSWORD].filter((one) => one !== undefined).length;
  if (said !== 0 && said !== 3)
    throw new Misconfigured(
      'RAPPORT_KAFKA_SASL, RAPPORT_KAFKA_USER and RAPPORT_KAFKA_PASSWORD belong together: how to say who comes, who it is, and the proof.',
    );
  const files = {
    ...(RAPPORT_KAFKA_TLS_CA ? { ca: [read('RAPPORT_KAFKA_TLS_CA', RAPPORT_KAFKA_TLS_CA)] } : {}),
    ...(RAPPORT_KAFKA_TLS_CERT ? { cert: read('RAPPORT_KAFKA_TLS_CERT', RAPPORT_KAFKA_TLS_CERT) } : {}),
    ...(RAPPORT_KAFKA_TLS_KEY ? { key: read('RAPPORT_KAFKA_TLS_KEY', RAPPORT_KAFKA_TLS_KEY) } : {}),
  };
  const ssl = Object.keys(files).length > 0 ? files : settings.RAPPORT_KAFKA_TLS;
  return {
    brokers: settings.RAPPORT_KAFKA,
    prefix: settings.RAPPORT_KAFKA_PREFIX,
    replicas: settings.RAPPORT_KAFKA_REPLICAS,
    ssl,
    // The type wants a mechanism's name alone; it is one of three.
    ...(RAPPORT_KAFKA_SASL
      ? { sasl: { mechanism: RAPPORT_KAFKA_SASL as 'plain', username: RAPPORT_KAFKA_USER!, password: RAPPORT_KAFKA_PASSWORD! } }
      : {}),
  };
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Misconfigured(`${name} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
