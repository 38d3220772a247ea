import { kafkaBus, type KafkaBusOptions } from '#engines/event-bus';
import { openKurrentLog, openPostgresLog, type EventStore } from '#engines/event-store';
import { openMongoModels } from '#engines/read-models';
import { masterKeyOf, openPostgresVault } from '#engines/vault';
import { Misconfigured } from '../operations/configuration.ts';
import type { SeparateSettings } from './settings.ts';

const LOGS = ['workspace', 'contacts', 'sales', 'analytics'];

/** The engines of one service's process, as its settings name them. */
export async function openEngines(service: string, settings: SeparateSettings) {
  const log = await openLog(service, settings.RAPPORT_LOG);
  const vault = await openPostgresVault({ url: settings.RAPPORT_VAULT, masterKey: masterKeyOf('', settings.RAPPORT_MASTER_KEY) });
  const models = await openMongoModels(modelsOf(service, settings.RAPPORT_MODELS));
  const bus = await kafkaBus({
    ...kafkaOf(settings),
    own: log,
    onTrouble: ({ group, log: of, attempt, error }) =>
      process.stderr.write(
        `${JSON.stringify({ level: 'warn', event: 'what follows a log failed and is tried again', group, log: of, attempt, error: (error as Error).name, message: (error as Error).message })}\n`,
      ),
  });
  return {
    log,
    vault,
    models,
    bus,
    async close() {
      await bus.close();
      await models.close();
      await vault.close();
      await log.close();
    },
  };
}

/** Where the views of a service are, in a database of their own. */
export const modelsOf = (service: string, url: string) => ({ url, database: `${databaseIn(url)}_${service}` });
const databaseIn = (url: string) => new URL(url).pathname.slice(1) || 'rapport';

/** The log of a service, on the engine that its address names. @throws StoreUnavailable */
export function openLog(service: string, url: string): Promise<EventStore> {
  return /^(kurrentdb|esdb)/.test(url) ? openKurrentLog({ url, log: service }) : openPostgresLog({ url, log: service });
}

type KafkaSettings = Pick<
  SeparateSettings,
  'RAPPORT_KAFKA' | 'RAPPORT_KAFKA_PREFIX' | 'RAPPORT_KAFKA_TLS' | 'RAPPORT_KAFKA_SASL' | 'RAPPORT_KAFKA_USER' | 'RAPPORT_KAFKA_PASSWORD'
>;

/** How the topics of all services are reached. @throws Misconfigured */
export const kafkaOf = (settings: KafkaSettings): KafkaBusOptions => ({
  brokers: settings.RAPPORT_KAFKA,
  prefix: settings.RAPPORT_KAFKA_PREFIX,
  ssl: settings.RAPPORT_KAFKA_TLS,
  sasl: saslOf(settings),
  logs: LOGS,
});

function saslOf({ RAPPORT_KAFKA_SASL: mechanism, RAPPORT_KAFKA_USER: username, RAPPORT_KAFKA_PASSWORD: password }: KafkaSettings) {
  if (!mechanism) return undefined;
  if (!username || !password)
    throw new Misconfigured('RAPPORT_KAFKA_SASL is set, so RAPPORT_KAFKA_USER and RAPPORT_KAFKA_PASSWORD must be, too.');
  return { mechanism, username, password };
}
