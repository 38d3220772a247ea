import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { begin, inContext, type AccessView, type ApiKey, type RequestContext, type Runtime } from '#service';
import { apiKeyHash } from '../api-key/api-key-row.ts';
import { startingRole } from '../role/role.ts';
import { credentialRow } from '../user/user-row.ts';
import { user } from '../user/user.ts';
import { openIssuer, type Issuer, type IssuerMemory } from './issuer.ts';
import { joinDesk } from './joining.ts';
import { hashPassword } from './passwords.ts';
import type { Chosen, JoinDesk, WelcomeDesk } from './sign-in.ts';

/** What the built-in issuer is made of. */
export type OwnIssuer = {
  /** What makes it this installation's own. */
  identity: { key: JWK; cookieSecrets: string[]; administrator: string };
  /** Welcome links: made and read by whoever holds the signing key. */
  links: { make(): Promise<string>; read(token: string): Promise<{ id: string; until: number } | undefined> };
  memory: IssuerMemory & { removeAccount(accountId: string): void };
};
export type FrontDeskOptions = {
  /** Workspace's own. */
  runtime: Runtime;
  people: AccessView;
  asSystem: (tenant: string) => RequestContext;
  tenant: string;
  /** Where the installation is reached: `http://127.0.0.1:3000`. */
  address: string;
  /** Absent where another issuer is used. */
  issuer?: OwnIssuer;
  now: () => number;
};

/** Where people and programs come in. */
export type FrontDesk = {
  /** @param hash hex SHA-256 of an API key */
  apiKey(hash: string): Promise<ApiKey | undefined>;
  /** The built-in issuer, the first run's welcome, and letting in who was invited. */
  signIn?: SignIn;
};
export type SignIn = {
  issuer: Issuer;
  /** The issuer's key, without its secret part. */
  publicKey: JWK;
  welcome: WelcomeDesk;
  join: JoinDesk;
  /** A link for the first administrator, as long as they have no password. */
  welcomeLink(): Promise<string | undefined>;
};

export const issuerUrlOf = (address: string) => `${address}/oidc`;

export async function openFrontDesk(options: FrontDeskOptions): Promise<FrontDesk> {
  const { runtime, asSystem, tenant, issuer } = options;
  return {
    async apiKey(hash) {
      const { items } = await inContext(asSystem(tenant), () =>
        runtime.views.list(apiKeyHash, { where: { field: 'hash', op: 'eq', value: hash }, limit: 1 }),
      );
      const [key] = items;
      return key && !key.revoked ? { tenant, user: key.ownerId, scopes: key.scopes, expiresAt: key.expiresAt } : undefined;
    },
    ...(issuer ? { signIn: await openSignIn(options, issuer) } : {}),
  };
}

async function openSignIn(
  { runtime, people, asSystem, tenant, address, now }: FrontDeskOptions,
  { identity, links, memory }: OwnIssuer,
): Promise<SignIn> {
  const issuer = await openIssuer({
    url: issuerUrlOf(address),
    key: identity.key,
    cookieSecrets: identity.cookieSecrets,
    redirectUris: [`${address}/signed-in`, 'http://127.0.0.1/signed-in'],
    leftUris: [`${address}/`],
    directory: {
      async byEmail(email) {
        const { items } = await inContext(asSystem(tenant), () =>
          runtime.views.list(credentialRow, { where: { field: 'email', op: 'eq', value: email }, limit: 1 }),
        );
        const [account] = items;
        return account?.active ? { userId: account.id, tenant, passwordHash: account.passwordHash } : undefined;
      },
      active: async (userId) => (await people.permissions(tenant, userId)) !== undefined,
    },
    memory,
    now,
  });
  const { d: _, ...publicKey } = identity.key;
  return {
    issuer,
    publicKey,
    welcome: {
      async check(token) {
        const link = await links.read(token);
        return link !== undefined && memory.get('Welcome', link.id) === undefined;
      },
      async begin(token, chosen) {
        const link = (await links.read(token))!;
        await admit(runtime, asSystem, tenant, identity.administrator, chosen);
        memory.put('Welcome', link.id, {}, Math.ceil(link.until / 1000), {});
        memory.removeAccount(identity.administrator);
      },
    },
    join: joinDesk({ runtime, asSystem, tenant, now }, (userId) => memory.removeAccount(userId)),
    async welcomeLink() {
      const [admitted] = await inContext(asSystem(tenant), () => runtime.views.many(credentialRow, [identity.administrator]));
      return admitted?.passwordHash ? undefined : `${address}/welcome?token=${await links.make()}`;
    },
  };
}

/** The first administrator chooses how to sign in; the same link, used again for a new password, keeps the name. */
async function admit(
  runtime: Runtime,
  asSystem: FrontDeskOptions['asSystem'],
  tenant: string,
  administrator: string,
  { name, email, password, language }: Chosen,
): Promise<void> {
  const data = { name, email, roleIds: [startingRole('administrator')], ...(language ? { language } : {}) };
  await begin(runtime, tenant, [{ of: user, id: administrator, command: 'create', data }], asSystem);
  const hash = await hashPassword(password);
  await inContext({ ...asSystem(tenant), commandId: randomUUID() }, () =>
    runtime.commands.run(user, administrator, 'setPassword', { hash }),
  );
}
