import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { accessToken, dataFolder, readIdentity, type DataFolder, type Identity } from '#engines/data-folder';
import { httpClient, type Client } from './client.ts';
import { EXIT, Fault } from './fault.ts';
import { openOutput, type Output } from './output.ts';

/** What every command can ask for. */
export type Setting = {
  output: Output;
  url: string;
  /** The server with the logs, where they are not in the data folder. */
  logs: string | undefined;
  /** @throws Fault when there is no such folder */
  folder(): DataFolder;
  /** @throws Fault before the first run */
  identity(): Identity;
  client(): Client;
  now: () => number;
};

/** The audience the built-in issuer's access tokens carry. */
export const API_AUDIENCE = 'urn:rapport:api';
export const issuerOf = (url: string) => `${url.replace(/\/+$/, '')}/oidc`;

type Given = { url: string; token?: string; data: string; logs?: string; json?: boolean };

/** @param root the repository's root, where `./data` is unless something else is said */
export function settingOf(command: Command, root: string, now: () => number): Setting {
  const given = command.optsWithGlobals<Given>();
  const setting: Setting = {
    output: openOutput({ json: given.json ?? false }),
    url: given.url,
    logs: given.logs || undefined,
    now,
    folder() {
      const folder = resolve(root, given.data);
      if (!existsSync(folder)) {
        throw new Fault(EXIT.failed, `There is no data folder ${folder}.`, {
          hint: 'Name it with --data or RAPPORT_DATA; `npm start` makes one.',
        });
      }
      return dataFolder(folder);
    },
    identity() {
      const folder = setting.folder();
      const identity = readIdentity(folder.identity);
      if (identity) return identity;
      throw new Fault(EXIT.failed, `${folder.folder} has never been started.`, { hint: 'Run `npm start` once.' });
    },
    client: () => httpClient(given.url, token),
  };

  /** What was given; else one for the first administrator, for whoever can read the data folder. */
  async function token(): Promise<string> {
    if (given.token) return given.token;
    const identity = setting.identity();
    return accessToken(identity, {
      issuer: issuerOf(given.url),
      audience: API_AUDIENCE,
      user: identity.administrator,
      minutes: 60,
      now: now(),
    });
  }
  return setting;
}
