import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { dataFolder } from '#engines/data-folder';
import { kafkaBus } from '#engines/event-bus';
import { FolderInUse, lockFolder, openServerLog, sqliteEventStore, type EventStore } from '#engines/event-store';
import { openMongoModels } from '#engines/read-models';
import { masterKeyOf, openPostgresVault, openVaultFile, type MovableVault } from '#engines/vault';
import { SERVICES } from '#events/services';
import { configuration, KAFKA_SETTINGS, kafkaOptions, Misconfigured, modelsOf, optional, SEPARATE, type Configured } from '#service';
import { EXIT, Fault } from '../../fault.ts';

/** The engines of one installation, as a move uses them. */
export type Place = {
  /** As it is called in sentences; without secrets. */
  name: string;
  /** The services whose logs are here. */
  services: string[];
  /** By service; opened when first asked for. */
  log(service: string): Promise<EventStore>;
  vault(): Promise<MovableVault>;
  /** The folder of uploaded files. */
  files: string;
  /** The file of the built-in issuer's identity, where it is used. */
  identity: string | undefined;
  /** Throws away what is made from the logs and would not fit other positions: views, cursors, topics. @returns what it could not, as sentences */
  forget(services: string[]): Promise<string[]>;
  close(): Promise<void>;
};

/**
 * @param where a data folder, or a file with the settings that services have in their environment
 * @param side a source must be there and is only read; a folder is made where there is none
 * @throws Fault
 */
export function openPlace(where: string, side: 'source' | 'target', root: string): Place {
  const path = resolve(root, where);
  const found = existsSync(path) ? statSync(path) : undefined;
  if (found?.isFile()) return servers(path, root);
  // A mistyped name must not become a folder with a copy in it.
  if (!found && extname(path) !== '')
    throw new Fault(EXIT.usage, `There is no file ${path}.`, { hint: 'A folder to be made has no dot in its name.' });
  if (found && !found.isDirectory()) throw new Fault(EXIT.usage, `${path} is neither a folder nor a file.`);
  return folder(path, side);
}

function folder(path: string, side: 'source' | 'target'): Place {
  const data = dataFolder(path);
  if (side === 'source' && data.services().length === 0) throw new Fault(EXIT.failed, `${path} holds no logs.`);
  for (const one of data.folders) mkdirSync(one, { recursive: true, mode: 0o700 });
  const unlock = locked(path);
  const logs = new Map<string, EventStore>();
  let vault: MovableVault | undefined;
  return {
    name: `the folder ${path}`,
    services: data.services(),
    async log(service) {
      const known = logs.get(service);
      if (known) return known;
      const opened = sqliteEventStore({ log: service, file: data.log(service), readOnly: side === 'source' });
      logs.set(service, opened);
      return opened;
    },
    async vault() {
      const given = process.env.RAPPORT_MASTER_KEY || undefined;
      if (side === 'source' && !given && existsSync(data.vault) && !existsSync(`${data.vault}.key`))
        throw new Fault(EXIT.failed, `The master key of ${path} is not in it.`, { hint: 'Give it in RAPPORT_MASTER_KEY.' });
      return (vault ??= openVaultFile(data.vault, { masterKey: masterKeyOf(`${data.vault}.key`, given) }));
    },
    files: data.imports,
    identity: data.identity,
    async forget() {
      for (const made of [dirname(data.views('any')), dirname(data.figures)]) {
        rmSync(made, { recursive: true, force: true });
        mkdirSync(made, { recursive: true, mode: 0o700 });
      }
      return [];
    },
    async close() {
      for (const log of logs.values()) await log.close();
      await vault?.close();
      unlock();
    },
  };
}

function locked(path: string): () => void {
  try {
    return lockFolder(path);
  } catch (error) {
    throw error instanceof FolderInUse ? new Fault(EXIT.failed, error.message) : error;
  }
}

/** What of the services' settings names engines. Views and topics are thrown away only where they are named. */
const NAMED = {
  RAPPORT_LOG: SEPARATE.RAPPORT_LOG,
  RAPPORT_VAULT: SEPARATE.RAPPORT_VAULT,
  RAPPORT_MASTER_KEY: SEPARATE.RAPPORT_MASTER_KEY,
  RAPPORT_FILES: SEPARATE.RAPPORT_FILES,
  RAPPORT_IDENTITY: SEPARATE.RAPPORT_IDENTITY,
  RAPPORT_MODELS: optional(SEPARATE.RAPPORT_MODELS),
  ...KAFKA_SETTINGS,
  RAPPORT_KAFKA: optional(SEPARATE.RAPPORT_KAFKA),
};
/** Where one service's log is somewhere else than the others'. */
const ofItsOwn = (service: string) => `RAPPORT_LOG_${service.toUpperCase()}`;

function servers(file: string, root: string): Place {
  const given: Record<string, string | undefined> = parseEnv(readFileSync(file, 'utf8'));
  const settings = settingsOf(file, given);
  const logs = new Map<string, EventStore>();
  let vault: MovableVault | undefined;
  return {
    name: `the engines of ${file}`,
    services: [...SERVICES],
    async log(service) {
      const known = logs.get(service);
      if (known) return known;
      const opened = await openServerLog({ url: given[ofItsOwn(service)] ?? settings.RAPPORT_LOG, log: service });
      logs.set(service, opened);
      return opened;
    },
    async vault() {
      return (vault ??= await openPostgresVault({ url: settings.RAPPORT_VAULT, masterKey: masterKeyOf('', settings.RAPPORT_MASTER_KEY) }));
    },
    files: resolve(root, settings.RAPPORT_FILES),
    identity: settings.RAPPORT_IDENTITY && join(resolve(root, settings.RAPPORT_IDENTITY), 'identity.json'),
    forget: (services) => forgetServers(settings, services),
    async close() {
      for (const log of logs.values()) await log.close();
      await vault?.close();
    },
  };
}

type Named = Configured<typeof NAMED>;

function settingsOf(file: string, given: Record<string, string | undefined>): Named {
  const named = Object.fromEntries(Object.keys(NAMED).map((name) => [name, given[name]]));
  try {
    const settings = configuration(named, NAMED);
    for (const name of SERVICES.map(ofItsOwn))
      if (given[name] !== undefined && SEPARATE.RAPPORT_LOG.read(given[name]) === undefined)
        throw new Misconfigured(`${name} is malformed, which is not ${SEPARATE.RAPPORT_LOG.right}.`);
    return settings;
  } catch (error) {
    throw error instanceof Misconfigured ? new Fault(EXIT.usage, `${file}: ${error.message}`) : error;
  }
}

async function forgetServers(settings: Named, services: string[]): Promise<string[]> {
  const left: string[] = [];
  const { RAPPORT_MODELS: models, RAPPORT_KAFKA: brokers } = settings;
  if (!models) left.push('RAPPORT_MODELS is not named: if it has held views of other engines, drop its databases before the first start.');
  else for (const service of services) await dropViews(service, models);
  if (!brokers) left.push('RAPPORT_KAFKA is not named: if its topics are of other engines, `rapport topics republish` each of them.');
  else {
    const bus = await kafkaBus({ ...kafkaOptions({ ...settings, RAPPORT_KAFKA: brokers }), logs: SERVICES });
    try {
      // What is missing is published anew from the first event, as the generation after the one that is remembered beside the topics.
      for (const service of services) await bus.outlet(service).discard();
    } finally {
      await bus.close();
    }
  }
  return left;
}

async function dropViews(service: string, url: string): Promise<void> {
  const models = await openMongoModels(modelsOf(service, url));
  try {
    for (const name of await models.collections()) await models.drop(name);
  } finally {
    await models.close();
  }
}
