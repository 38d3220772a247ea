import 'reflect-metadata';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FolderInUse } from '#engines/event-store';
import { configuration, DEFAULT_BACKUP_DAYS, Misconfigured, openTraces, port, run, text, whole } from '#service';
import { openHost } from './host.ts';

await run(async () => {
  // These two are for the command line, and may stand in the same environment.
  const { RAPPORT_URL: _, RAPPORT_TOKEN: __, ...env } = process.env;
  const settings = configuration(env, {
    PORT: port(3000),
    RAPPORT_DATA: text('a folder', './data'),
    RAPPORT_HOST: text('an address of this machine to listen on', '127.0.0.1'),
    RAPPORT_VAULT_BACKUP_DAYS: whole(0, 3650, DEFAULT_BACKUP_DAYS),
    RAPPORT_MASTER_KEY: { ...text('32 bytes in base64', ''), secret: true },
  });
  const started = performance.now();
  const endTraces = await openTraces('rapport');
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const host = await openHost({
    folder: resolve(settings.RAPPORT_DATA),
    port: settings.PORT,
    host: settings.RAPPORT_HOST,
    vaultBackupDays: settings.RAPPORT_VAULT_BACKUP_DAYS,
    masterKey: settings.RAPPORT_MASTER_KEY || undefined,
    say,
    // dist/apps/all-in-one/src/main.js
    web: fileURLToPath(new URL('../../../web', import.meta.url)),
    samples: fileURLToPath(new URL('../../../../examples/crm-sales', import.meta.url)),
  }).catch((error: unknown) => {
    throw error instanceof FolderInUse ? new Misconfigured(error.message) : error;
  });
  say(`Ready in ${((performance.now() - started) / 1000).toFixed(1)} s at ${host.url} (interface: ${host.url}/api/docs)`);
  if (host.welcomeLink) say(`\nWelcome. Open this link to begin; it is good once, for 15 minutes:\n${host.welcomeLink}`);
  return {
    async close() {
      await host.close();
      await endTraces();
    },
  };
});
