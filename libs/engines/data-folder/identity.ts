import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';

/** What makes the built-in issuer this installation's own. Whoever can read it can act as anybody here, so only its owner can. */
export type Identity = {
  /** The private signing key (ES256), with `kid`. */
  key: JWK;
  /** Secrets that sign the issuer's cookies, newest first. */
  cookieSecrets: string[];
  tenant: string;
  /** The `workspace.user` id of the first administrator. */
  administrator: string;
};

const ALGORITHM = 'ES256';
const WELCOME_AUDIENCE = 'urn:rapport:welcome';
const WELCOME_MINUTES = 15;

/** The identity kept in `file`; undefined before the first run. */
export function readIdentity(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes an identity and keeps it in `file`, readable by its owner alone. */
export async function makeIdentity(file: string, { tenant, administrator }: Pick<Identity, 'tenant' | 'administrator'>): Promise<Identity> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const key = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' };
  const identity = { key, cookieSecrets: [randomBytes(32).toString('base64url')], tenant, administrator };
  writeFileSync(`${file}.new`, JSON.stringify(identity), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return identity;
}

/**
 * An access token such as the issuer gives, without signing in.
 *
 * @param issuer the issuer's address, `http://127.0.0.1:3000/oidc`; the server believes no other
 * @param minutes how long it is good for
 */
export function accessToken(
  identity: Identity,
  how: { issuer: string; audience: string; user: string; minutes: number; now: number },
): Promise<string> {
  return signed(identity, how, how.audience, how.minutes);
}

/** The secret of a welcome link: good for 15 minutes. That it is good only once is for whoever takes it, by its `id`. */
export function welcomeToken(identity: Identity, how: { issuer: string; now: number }): Promise<string> {
  return signed(identity, { ...how, user: identity.administrator }, WELCOME_AUDIENCE, WELCOME_MINUTES);
}

/** @returns the link's id and until when it would be good, in milliseconds since 1970; undefined when it is not ours or too old */
export async function readWelcome(
  identity: Identity,
  token: string,
  how: { issuer: string; now: number },
): Promise<{ id: string; until: number } | undefined> {
  const { d: _, ...publicKey } = identity.key;
  try {
    const { payload } = await jwtVerify(token, await importJWK(publicKey, ALGORITHM), {
      issuer: how.issuer,
      audience: WELCOME_AUDIENCE,
      algorithms: [ALGORITHM],
      requiredClaims: ['jti', 'exp'],
      currentDate: new Date(how.now),
    });
    return { id: payload.jti!, until: payload.exp! * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

async function signed(
  { key }: Identity,
  { issuer, user, now }: { issuer: string; user: string; now: number },
  audience: string,
  minutes: number,
) {
  const at = Math.floor(now / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(user)
    .setIssuedAt(at)
    .setExpirationTime(at + minutes * 60)
    .setJti(randomUUID())
    .sign(await importJWK(key, ALGORITHM));
}
