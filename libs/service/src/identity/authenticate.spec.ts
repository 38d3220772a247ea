import { createHash } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import type { Permissions, Problem } from '#runtime';
import { authenticator, type ApiKey, type Identity } from './authenticate.ts';
import { permissionsOf } from './permissions.ts';
import { DEFAULT_ROLES } from './roles.ts';

const issuer = 'https://id.example.org';
let key: CryptoKey;
let jwks: JWTVerifyGetKey;
let time: number;
let people: Map<string, Permissions>;
let asked: number;
let keys: Map<string, ApiKey>;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] });
});
beforeEach(() => {
  time = Date.parse('2026-05-01T12:00:00Z');
  asked = 0;
  people = new Map([['acme/ann', permissionsOf(DEFAULT_ROLES, [], { id: 'ann', roles: ['seller'] })]]);
  keys = new Map();
});

const identity = (): Identity => ({
  issuers: [{ issuer, audience: 'rapport', tenant: 'acme', jwks }],
  access: (tenant, user) => (asked++, people.get(`${tenant}/${user}`)),
  lookup: (hash) => keys.get(hash),
});
const authenticate = () => authenticator(identity(), () => time);
const token = (claims: Record<string, unknown> = {}, how: { iss?: string; aud?: string; exp?: number } = {}) =>
  new SignJWT({ sub: 'ann', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(how.iss ?? issuer)
    .setAudience(how.aud ?? 'rapport')
    .setExpirationTime(how.exp ?? time / 1000 + 600)
    .sign(key);
const refused = async (of: () => unknown) => {
  try {
    await of();
  } catch (error) {
    return [(error as Problem).status, (error as Problem).code];
  }
  return undefined;
};

it('takes the tenant from the issuer’s configuration, never from a claim', async () => {
  expect(await authenticate()(`Bearer ${await token({ tenant: 'other', tid: 'other' })}`)).toMatchObject({ tenant: 'acme', actor: 'ann' });
});

it('remembers a verified token for a minute, no longer, so that a revocation is heard', async () => {
  const who = authenticate();
  const header = `Bearer ${await token()}`;
  await who(header);
  expect(who(header)).not.toBeInstanceOf(Promise);
  expect(asked).toBe(1);
  people.clear();
  time += 60_000;
  expect(await refused(() => who(header))).toEqual([401, 'unauthorised']);
});

it('does not remember a token beyond its end', async () => {
  const who = authenticate();
  const header = `Bearer ${await token({}, { exp: time / 1000 + 20 })}`;
  await who(header);
  time += 21_000;
  expect(await refused(() => who(header))).toEqual([401, 'unauthorised']);
});

it('refuses what is missing, malformed, unsigned, altered, foreign or for somebody else', async () => {
  const who = authenticate();
  const good = await token();
  const bad = [
    undefined,
    'Basic YTpi',
    'Bearer x',
    'Bearer not-a-token-at-all',
    `Bearer ${good.slice(0, -3)}AAA`,
    `Bearer ${new UnsecuredJWT({ sub: 'ann' }).setIssuer(issuer).setAudience('rapport').setExpirationTime('1h').encode()}`,
    `Bearer ${await token({}, { iss: 'https://evil.example' })}`,
    `Bearer ${await token({}, { aud: 'else' })}`,
    `Bearer ${await token({ sub: 'unknown' })}`,
    `Bearer ${await token({ sub: undefined })}`,
  ];
  for (const header of bad) expect(await refused(() => who(header))).toEqual([401, 'unauthorised']);
});

it('says 503 when the issuer’s keys cannot be had', async () => {
  const who = authenticator(
    {
      ...identity(),
      issuers: [{ issuer, audience: 'rapport', tenant: 'acme', jwks: () => Promise.reject(new TypeError('fetch failed')) }],
    },
    () => time,
  );
  const header = `Bearer ${await token()}`;
  expect(await refused(() => who(header))).toEqual([503, 'issuer-unavailable']);
});

it('finds API keys by their hash, within their scopes and their time', async () => {
  const secret = 'rpk_0123456789abcdef';
  keys.set(createHash('sha256').update(secret).digest('hex'), {
    tenant: 'acme',
    user: 'ann',
    scopes: [{ can: ['read'], on: ['contacts'], reach: 'all' }],
    expiresAt: '2026-05-01T12:00:30Z',
  });
  const who = authenticate();
  const { permissions } = await who(`Bearer ${secret}`);
  expect(permissions.may('read', 'contacts.contact')).toBeDefined();
  expect(permissions.may('change', 'contacts.contact')).toBeUndefined();
  expect(await refused(() => who('Bearer rpk_fedcba9876543210'))).toEqual([401, 'unauthorised']);
  time += 30_000;
  expect(await refused(() => who(`Bearer ${secret}`))).toEqual([401, 'unauthorised']);
});
