import { timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { FastifyInstance } from 'fastify';
import { notFound, Problem } from '#runtime';
import type { ApiKey, Identity } from '../identity/authenticate.ts';

const ANSWERED_WITHIN = 5_000;

/** An issuer's keys: from the address given, else from where the issuer itself says they are, asked when first needed. */
export function issuerKeys(issuer: string, given?: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const found = async (): Promise<JWTVerifyGetKey> => keySet(given ?? (await discovered(issuer)));
  return async (header, token) => {
    keys ??= found();
    // What could not be asked now is asked again with the next token.
    const set = await keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return set(header, token);
  };
}

const keySet = (address: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(address), {
    timeoutDuration: ANSWERED_WITHIN,
    [customFetch]: (url, options) => fetch(url, { ...options, redirect: 'error' }),
  });

async function discovered(issuer: string): Promise<string> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWERED_WITHIN),
  });
  const { jwks_uri: address } = (await answer.json()) as { jwks_uri?: unknown };
  if (typeof address !== 'string') throw new Error('the issuer does not say where its keys are');
  return address;
}

const PATH = '/internal/api-keys/';

/** API keys as workspace knows them: other services ask there, by the key's hash, as services. Answers are remembered for a minute by whoever asks. */
export function keysAtWorkspace(workspace: string, secret: string): NonNullable<Identity['lookup']> {
  return async (hash) => {
    const answer = await fetch(new URL(`${PATH}${hash}`, workspace), {
      headers: { authorization: `Bearer ${secret}` },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWERED_WITHIN),
    }).catch(() => undefined);
    if (answer?.status === 404) return undefined;
    if (!answer?.ok) throw new Problem(503, 'workspace-unavailable', 'API keys cannot be looked up at the moment.', { retryAfter: 2 });
    return (await answer.json()) as ApiKey;
  };
}

/** The other end of it. To be kept from the outside by whatever stands in front; the secret is asked for all the same. */
export function answerServices(fastify: FastifyInstance, secret: string, lookup: NonNullable<Identity['lookup']>): void {
  const expected = Buffer.from(`Bearer ${secret}`);
  fastify.get(`${PATH}:hash`, async (request) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Problem(401, 'unauthorised', 'Only services ask here.');
    const key = await lookup((request.params as { hash: string }).hash);
    if (!key) throw notFound();
    return key;
  });
}

/** Open to whoever has the services' secret, which is asked for by the route itself. */
export const SERVICES_OPEN = `${PATH}:hash`;
