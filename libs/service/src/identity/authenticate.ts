import { hash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { notFound, Problem, unavailable, type Permissions } from '#runtime';
import { ShortLived } from './cache.ts';
import { scopedTo, type Grant } from './permissions.ts';

/** An issuer we believe, and the tenant its people belong to. The tenant comes from here, never from a claim. */
export type Issuer = { issuer: string; audience: string; tenant: string; jwks: URL | JWTVerifyGetKey };
/** What a key's hash is found to be; `scopes` narrow what its user may do. */
export type ApiKey = { tenant: string; user: string; scopes: Grant[]; expiresAt?: string };

export type Identity = {
  issuers: Issuer[];
  /** @returns undefined when the tenant knows no such user, or has shut them out */
  access: (tenant: string, user: string) => Promise<Permissions | undefined> | Permissions | undefined;
  /** @param hash hex SHA-256 of the whole key. @returns undefined when there is none, or it was revoked */
  lookup?: (hash: string) => Promise<ApiKey | undefined> | ApiKey | undefined;
};

/** Who asks. */
export type Caller = { tenant: string; actor: string; permissions: Permissions };

const TTL = 60_000;
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];
const unauthorised = (detail: string) => new Problem(401, 'unauthorised', detail);

/**
 * Makes the function that turns an `Authorization` header into a caller. Verified tokens, keys and permissions are remembered for at most a
 * minute, so a revocation takes at most that. It answers without a promise when it remembers: that is nearly always.
 *
 * @throws Problem 401 `unauthorised`, 503 when the issuer's keys cannot be had
 */
export function authenticator(identity: Identity, now: () => number = Date.now): (header: string | undefined) => Caller | Promise<Caller> {
  const callers = new ShortLived<Caller>(10_000, TTL, now);
  const verifiers = new Map(identity.issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer) }]));

  const callerOf = async (tenant: string, user: string, scopes?: Grant[]): Promise<Caller> => {
    const permissions = await identity.access(tenant, user);
    if (!permissions) throw unauthorised('This user is not known here.');
    return { tenant, actor: user, permissions: scopes ? scopedTo(permissions, scopes) : permissions };
  };

  const fromKey = async (hash: string): Promise<{ caller: Caller; until: number }> => {
    const key = await identity.lookup?.(hash);
    const until = key?.expiresAt ? Date.parse(key.expiresAt) : Infinity;
    if (!key || until <= now()) throw unauthorised('This API key is not valid.');
    return { caller: await callerOf(key.tenant, key.user, key.scopes), until };
  };

  const fromToken = async (token: string): Promise<{ caller: Caller; until: number }> => {
    const verifier = verifiers.get(issuerClaim(token) ?? '');
    if (!verifier) throw unauthorised('The token comes from an issuer that is not known here.');
    const { issuer, audience, tenant } = verifier.issuer;
    try {
      const { payload } = await jwtVerify(token, verifier.keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      });
      return { caller: await callerOf(tenant, payload.sub!), until: payload.exp! * 1000 };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof errors.JWTExpired) throw unauthorised('The token has expired.');
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
        throw unavailable('issuer-unavailable', 'The issuer’s keys cannot be had at the moment.', 5);
      throw unauthorised('The token does not verify.');
    }
  };

  return (header) => {
    const match = header === undefined ? undefined : /^Bearer ([\w.~+/-]{8,8192}=*)$/i.exec(header);
    if (!match)
      throw unauthorised(
        header === undefined ? 'Send a token: Authorization: Bearer ….' : 'The Authorization header is not of the form Bearer ….',
      );
    const secret = match[1]!;
    const digest = hash('sha256', secret);
    const known = callers.get(digest);
    if (known) return known;
    return (secret.startsWith('rpk_') ? fromKey(digest) : fromToken(secret)).then(({ caller, until }) => {
      callers.set(digest, caller, until);
      return caller;
    });
  };
}

/**
 * Seeing as somebody else does, for whoever manages the workspace: what roles and teams come to can be looked at before they matter. Only reading, so
 * that nothing is ever done in another's name.
 *
 * @param method of the request. @throws Problem 403, 404
 */
export async function seeingAs(caller: Caller, user: string, method: string, access: Identity['access']): Promise<Caller> {
  if (!caller.permissions.may('manage', 'workspace')?.all)
    throw new Problem(403, 'forbidden', 'You may not see as somebody else.', { rule: caller.permissions.why('manage', 'workspace') });
  if (method !== 'GET') throw new Problem(403, 'forbidden', 'As somebody else one only looks.', { rule: 'Rapport-As reads only' });
  const permissions = await access(caller.tenant, user);
  if (!permissions) throw notFound();
  return { tenant: caller.tenant, actor: user, permissions };
}

/** Key sets over HTTP are fetched when needed, kept ten minutes, and asked for at most every 30 s when a key is unknown. */
function keysOf({ jwks }: Issuer): JWTVerifyGetKey {
  if (!(jwks instanceof URL)) return jwks;
  return createRemoteJWKSet(jwks, {
    timeoutDuration: 5_000,
    [customFetch]: (url, options) => fetch(url, { ...options, redirect: 'error' }),
  });
}

/** Read before verification, only to choose whose keys to verify with. */
function issuerClaim(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const issuer = (claims as { iss?: unknown } | null)?.iss;
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined; // not a token at all: refused as one of an unknown issuer
  }
}
