import { list, optional, port, secret, text, whole, type Configured } from '../operations/configuration.ts';
import { KAFKA_SETTINGS } from '../operations/kafka-settings.ts';
import { DEFAULT_BACKUP_DAYS } from '../erasures.ts';

const MASTER_KEY = /^[A-Za-z0-9+/]{43}=$/;
const url = (right: string, ...schemes: string[]) => ({
  right,
  read: (given: string) => (URL.canParse(given) && schemes.includes(new URL(given).protocol) ? given : undefined),
});

/** The settings of a service that runs as a process of its own, on real engines. */
export const SEPARATE = {
  PORT: port(3000),
  RAPPORT_HOST: text('an address of this machine to listen on', '127.0.0.1'),
  /** The tenant of this installation, and the issuer whose people belong to it. */
  RAPPORT_TENANT: text('a name', 'main'),
  RAPPORT_ISSUER: url('the address of an OpenID Connect issuer, such as https://id.example.org', 'http:', 'https:'),
  RAPPORT_AUDIENCE: text('the audience its access tokens are for', 'urn:rapport:api'),
  /** Where its keys are, if not where it says itself (`/.well-known/openid-configuration`). */
  RAPPORT_JWKS: optional(url('the address of a key set', 'http:', 'https:')),
  RAPPORT_LOG: secret(
    url(
      'the address of a PostgreSQL (postgres://…) or KurrentDB (kurrentdb://…) server',
      'postgres:',
      'postgresql:',
      'kurrentdb:',
      'kurrentdb+discover:',
      'esdb:',
      'esdb+discover:',
    ),
  ),
  RAPPORT_VAULT: secret(
    url('the address of a PostgreSQL server (postgres://…), best another than that of the logs', 'postgres:', 'postgresql:'),
  ),
  RAPPORT_MASTER_KEY: secret({
    right: '32 bytes in base64, as `openssl rand -base64 32` makes them',
    read: (given: string) => (MASTER_KEY.test(given) ? given : undefined),
  }),
  RAPPORT_VAULT_BACKUP_DAYS: whole(0, 3650, DEFAULT_BACKUP_DAYS),
  /** With a database in it (`mongodb://host/rapport`), a service keeps its views in `<database>_<service>`. */
  RAPPORT_MODELS: secret(url('the address of a MongoDB server (mongodb://…)', 'mongodb:', 'mongodb+srv:')),
  ...KAFKA_SETTINGS,
  /** Files coming in and spans; every replica of a service must see the same folder of files. */
  RAPPORT_FILES: text('a folder for uploaded files, the same for all replicas', './data/imports'),
  RAPPORT_FIGURES: text('a file for figures, of this replica alone', './data/figures.duckdb'),
  /** Where workspace answers the other services: for API keys. */
  RAPPORT_WORKSPACE: optional(url('where the workspace service answers, such as http://workspace:3000', 'http:', 'https:')),
  /** What services prove to each other that they are services. */
  RAPPORT_SERVICES_SECRET: secret({
    right: 'a secret of at least 32 characters',
    read: (given: string) => (given.length >= 32 ? given : undefined),
  }),
  /** Of workspace: where the installation is reached, and the folder of the built-in issuer, which is used when there is one. */
  RAPPORT_PUBLIC: url('where the installation is reached, such as https://crm.example.org', 'http:', 'https:'),
  RAPPORT_IDENTITY: optional(text('a folder')),
  RAPPORT_PROXIES: list('addresses of proxies whose X-Forwarded-For is believed, by comma', []),
} as const;

export type SeparateSettings = Configured<typeof SEPARATE>;
