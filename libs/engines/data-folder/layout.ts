import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything of one installation is kept: the all-in-one process writes it, the command line reads it. */
export type DataFolder = ReturnType<typeof dataFolder>;

/** @param folder made by whoever takes it (`lockFolder`); nothing is created here */
export function dataFolder(folder: string) {
  const logs = join(folder, 'logs');
  const views = join(folder, 'views');
  return {
    folder,
    /** The folders that must exist before the files below can be opened. */
    folders: [folder, logs, views, join(folder, 'vault'), join(folder, 'figures'), join(folder, 'imports')],
    /** The event log of a service. */
    log: (service: string) => join(logs, `${service}.db`),
    /** The read models of a service: rows, summaries, cursors, journal. Can be rebuilt. */
    views: (service: string) => join(views, `${service}.db`),
    /** The keys of persons. Backed up by itself, and never together with the logs. */
    vault: join(folder, 'vault', 'vault.db'),
    /** Spans. Can be rebuilt. */
    figures: join(folder, 'figures', 'spans.duckdb'),
    /** Uploaded files and what was found in them, sealed; see `libs/runtime/src/batch`. */
    imports: join(folder, 'imports'),
    /** Sessions of the built-in issuer. */
    issuer: join(folder, 'issuer.db'),
    /** The built-in issuer's signing key and the first administrator; see `identity.ts`. */
    identity: join(folder, 'identity.json'),
    /** The services that have a log here. */
    services: () =>
      existsSync(logs)
        ? readdirSync(logs)
            .flatMap((file) => (file.endsWith('.db') ? [file.slice(0, -3)] : []))
            .sort()
        : [],
  };
}
