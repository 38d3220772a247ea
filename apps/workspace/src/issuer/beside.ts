import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet } from 'jose';
import { makeIdentity, readIdentity, readWelcome, welcomeToken } from '#engines/data-folder';
import { openIssuerStore } from '#engines/issuer-store';
import { newUuidV7 } from '#model';
import { answerServices, asSystem, Misconfigured, SERVICES_OPEN, type Beside } from '#service';
import { WORKSPACE_ROWS } from '../workspace.module.ts';
import { openFrontDesk } from './front-desk.ts';
import { addSignIn, SIGN_IN_OPEN } from './sign-in.ts';

/**
 * What workspace carries where it runs apart: the look-up of API keys for the other services and, when `RAPPORT_IDENTITY` names a folder, the built-in
 * issuer. That keeps its sessions in a file, so one replica carries it; with several, or for good, use an issuer of your own.
 */
export const besideWorkspace: Beside = {
  access: WORKSPACE_ROWS,
  async open({ runtime, people, settings }) {
    const { RAPPORT_IDENTITY: folder, RAPPORT_PUBLIC: address, RAPPORT_TENANT: tenant, RAPPORT_ISSUER: issuer } = settings;
    const memory = folder
      ? (mkdirSync(folder, { recursive: true, mode: 0o700 }), openIssuerStore(join(folder, 'issuer.db'), seconds))
      : undefined;
    if (folder && issuer !== `${address}/oidc`)
      throw new Misconfigured(`RAPPORT_IDENTITY asks for the built-in issuer, so RAPPORT_ISSUER must be ${address}/oidc and is ${issuer}.`);
    const file = join(folder ?? '', 'identity.json');
    const identity = folder
      ? (readIdentity(file) ?? (await makeIdentity(file, { tenant, administrator: newUuidV7(Date.now()) })))
      : undefined;
    const desk = await openFrontDesk({
      runtime,
      people,
      asSystem,
      tenant,
      address,
      ...(identity && memory
        ? {
            issuer: {
              identity,
              memory,
              links: {
                make: () => welcomeToken(identity, { issuer, now: Date.now() }),
                read: (token) => readWelcome(identity, token, { issuer, now: Date.now() }),
              },
            },
          }
        : {}),
      now: Date.now,
    });
    const link = await desk.signIn?.welcomeLink();
    if (link) process.stdout.write(`Welcome. Open this link to begin; it is good once, for 15 minutes:\n${link}\n`);
    return {
      open: [SERVICES_OPEN, ...(desk.signIn ? SIGN_IN_OPEN : [])],
      identity: {
        lookup: (hash) => desk.apiKey(hash),
        ...(desk.signIn
          ? {
              issuers: [
                {
                  issuer,
                  audience: settings.RAPPORT_AUDIENCE,
                  tenant,
                  jwks: createLocalJWKSet({ keys: [desk.signIn.publicKey as never] }),
                },
              ],
            }
          : {}),
      },
      async extend(fastify) {
        answerServices(fastify, settings.RAPPORT_SERVICES_SECRET, (hash) => desk.apiKey(hash));
        if (desk.signIn) await addSignIn(fastify, desk.signIn);
      },
      async close() {
        memory?.close();
      },
    };
  },
};

const seconds = () => Math.floor(Date.now() / 1000);
