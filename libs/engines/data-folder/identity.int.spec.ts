import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { accessToken, makeIdentity, readIdentity, readWelcome, welcomeToken } from './identity.ts';

const issuer = 'http://127.0.0.1:3000/oidc';
const now = Date.parse('2026-03-02T10:00:00Z');
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-identity-'));
  file = join(folder, 'identity.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const made = () => makeIdentity(file, { tenant: 'main', administrator: 'ann' });

it('is not there before the first run, and the same ever after', async () => {
  expect(readIdentity(file)).toBeUndefined();
  const identity = await made();
  expect(readIdentity(file)).toEqual(identity);
});

it('can be read by its owner alone', async () => {
  await made();
  expect(statSync(file).mode & 0o077).toBe(0);
});

it('signs for whom it is asked, as long as it is asked', async () => {
  const token = await accessToken(await made(), { issuer, audience: 'urn:api', user: 'bob', minutes: 5, now });
  expect(decodeJwt(token)).toMatchObject({ iss: issuer, aud: 'urn:api', sub: 'bob', iat: now / 1000, exp: now / 1000 + 300 });
});

describe('a welcome link', () => {
  it('is good for 15 minutes', async () => {
    const identity = await made();
    const token = await welcomeToken(identity, { issuer, now });
    expect(await readWelcome(identity, token, { issuer, now: now + 14 * 60_000 })).toMatchObject({ until: now + 15 * 60_000 });
    expect(await readWelcome(identity, token, { issuer, now: now + 15 * 60_000 })).toBeUndefined();
  });

  it('is not an access token, nor the other way round, nor from elsewhere', async () => {
    const identity = await made();
    const access = await accessToken(identity, { issuer, audience: 'urn:api', user: 'ann', minutes: 5, now });
    expect(await readWelcome(identity, access, { issuer, now })).toBeUndefined();
    const other = await makeIdentity(join(folder, 'other.json'), { tenant: 'main', administrator: 'ann' });
    expect(await readWelcome(identity, await welcomeToken(other, { issuer, now }), { issuer, now })).toBeUndefined();
    expect(await readWelcome(identity, 'nonsense', { issuer, now })).toBeUndefined();
  });
});
