import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * scrypt with N = 2^17, r = 8, p = 1 (OWASP Password Storage Cheat Sheet, 2025): 128 MiB and about a third of a second. The parameters travel
 * with the hash, so that they can be raised later.
 */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MEMORY = 256 * 1024 * 1024;

export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 256;

/** `scrypt$N$r$p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Takes as long for an unknown user (no hash) as for a wrong password. */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = (stored ?? DECOY).split('$');
  if (kind !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(actual, expected) && stored !== undefined;
}

/** What is wrong with a chosen password, in words; undefined when nothing is. */
export function passwordFault(password: string): string | undefined {
  if (password.length < PASSWORD_LEAST) return `has fewer than ${PASSWORD_LEAST} characters`;
  if (password.length > PASSWORD_MOST) return `has more than ${PASSWORD_MOST} characters`;
  if (new Set(password).size < 5) return 'repeats too few characters';
  return undefined;
}

const derive = (password: string, salt: Buffer, cost: { N: number; r: number; p: number }) =>
  new Promise<Buffer>((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, 32, { ...cost, maxmem: MEMORY }, (error, key) => (error ? reject(error) : resolve(key))),
  );

const DECOY = ['scrypt', COST.N, COST.r, COST.p, Buffer.alloc(16).toString('base64url'), Buffer.alloc(32).toString('base64url')].join('$');
