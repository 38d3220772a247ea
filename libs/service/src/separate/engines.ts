import { kafkaBus } from '#engines/event-bus';
import { openServerLog } from '#engines/event-store';
import { openMongoModels } from '#engines/read-models';
import { masterKeyOf, openPostgresVault } from '#engines/vault';
import { SERVICES } from '#events/services';
import { kafkaOptions } from '../operations/kafka-settings.ts';
import { tell } from '../operations/log.ts';
import type { SeparateSettings } from './settings.ts';

/** The engines of one service's process, as its settings name them. */
export async function openEngines(service: string, settings: SeparateSettings) {
  const log = await openServerLog({ url: settings.RAPPORT_LOG, log: service });
  const vault = await openPostgresVault({ url: settings.RAPPORT_VAULT, masterKey: masterKeyOf('', settings.RAPPORT_MASTER_KEY) });
  const models = await openMongoModels(modelsOf(service, settings.RAPPORT_MODELS));
  const bus = await kafkaBus({
    ...kafkaOptions(settings),
    logs: SERVICES,
    own: log,
    onTrouble: ({ group, log: of, attempt, error }) =>
      tell('warn', 'what follows a log failed and is tried again', {
        group,
        log: of,
        attempt,
        error: (error as Error).name,
        message: (error as Error).message,
      }),
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
