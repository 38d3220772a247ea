import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = new URL('../../../dist/apps/all-in-one/src/main.js', import.meta.url).pathname;
type Server = { url: string; output: () => string; link: string; child: ChildProcess; ended: Promise<number | null> };

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

let folder: string;
let port: number;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-host-'));
  port = await freePort();
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function launch(env: Record<string, string> = {}): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder, ...env },
  });
  children.push(child);
  let text = '';
  child.stdout!.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr!.on('data', (part: Buffer) => (text += part.toString()));
  return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

/** Waits for the last thing a start prints, which may come in several parts: the welcome link on the first, that it is ready after. */
async function start(last = /^Ready in .*\n/m): Promise<Server> {
  const launched = launch();
  const url = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve, reject) => {
    const look = () => last.test(launched.output()) && resolve();
    launched.child.stdout!.on('data', look);
    void launched.ended.then(() => reject(new Error(`ended before it was ready: ${launched.output()}`)));
  });
  return { ...launched, url, link: /http\S+token=\S+/.exec(launched.output())?.[0] ?? '' };
}

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  redirect: 'manual' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields),
});
const PASSWORD = 'a long enough password';

/** Signs in as a browser would: authorization code with PKCE, cookies kept. */
async function signIn(url: string, password: string): Promise<{ status: number; token?: string }> {
  const cookies = new Map<string, string>();
  const go = async (target: string, init: RequestInit = {}) => {
    const answer = await fetch(new URL(target, url), {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      cookies.set(name!, value!);
    }
    return answer;
  };
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'rapport-web',
    response_type: 'code',
    scope: 'openid offline_access',
    redirect_uri: `${url}/signed-in`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 's',
  });
  const begun = await go(`/oidc/auth?${query}`);
  const page = begun.headers.get('location')!;
  expect((await go(page)).status).toBe(200);
  const tried = await go(page, form({ email: 'Ann@Example.com', password }));
  if (tried.status >= 400) return { status: tried.status };
  const resumed = await go(tried.headers.get('location')!);
  const code = new URL(resumed.headers.get('location')!).searchParams.get('code')!;
  const exchanged = await go(
    '/oidc/token',
    form({ grant_type: 'authorization_code', client_id: 'rapport-web', code, redirect_uri: `${url}/signed-in`, code_verifier: verifier }),
  );
  const body = (await exchanged.json()) as { access_token: string };
  return { status: exchanged.status, token: body.access_token };
}

let server: Server;
let token: string;
const api = (path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) =>
  fetch(`${server.url}/api/v1${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, ...(init.body ? { 'content-type': 'application/json' } : {}), ...init.headers },
    ...(init.body ? { body: JSON.stringify(init.body) } : {}),
  });

it('begins with a link that is good once, and signs in whoever used it', async () => {
  server = await start(/^http\S+token=\S+\n/m);
  expect(
    (
      await fetch(
        `${server.url}/welcome`,
        form({ token: new URL(server.link).searchParams.get('token')!, name: 'Ann', email: 'ann@example.com', password: 'short' }),
      )
    ).status,
  ).toBe(400);
  expect(
    (
      await fetch(
        `${server.url}/welcome`,
        form({
          token: new URL(server.link).searchParams.get('token')!,
          name: 'Ann',
          email: 'ann@example.com',
          password: PASSWORD,
          begin: 'empty',
        }),
      )
    ).status,
  ).toBe(200);
  expect((await fetch(server.link)).status).toBe(410);
  expect((await fetch(`${server.url}/api/v1/contacts`)).status).toBe(401);
  expect((await signIn(server.url, 'a wrong password here')).status).toBe(401);
  const signedIn = await signIn(server.url, PASSWORD);
  expect(signedIn.status).toBe(200);
  token = signedIn.token!;
  expect(await (await api('/me')).json()).toMatchObject({ tenant: 'main', user: { name: 'Ann' } });
});

it('refuses a taken port and a folder in use with a sentence', async () => {
  const taken = launch();
  expect([await taken.ended, taken.output()]).toEqual([78, expect.stringContaining(`PORT=${port + 1} npm start`)]);
  const inUse = launch({ PORT: String(await freePort()) });
  expect([await inUse.ended, inUse.output()]).toEqual([78, expect.stringMatching(/data folder .* is in use by process/)]);
  const unknown = launch({ RAPPORT_DATE: 'x' });
  expect([await unknown.ended, unknown.output()]).toEqual([78, expect.stringContaining('RAPPORT_DATE is no setting')]);
});

it('loses nothing acknowledged when it is killed under load, and shows it exactly once', async () => {
  const acknowledged: { id: string; name: string }[] = [];
  for (let round = 0; round < 4; round++) {
    let going = true;
    let made = 0;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      while (going && made < 1000) {
        const name = `Kill-${round}-${writer}-${made++}`;
        try {
          const answer = await api('/contacts', { method: 'POST', body: { name }, headers: { 'idempotency-key': name } });
          if (answer.status === 201) acknowledged.push({ id: ((await answer.json()) as { id: string }).id, name });
          if (acknowledged.length > (round + 1) * 60) server.child.kill('SIGKILL');
        } catch {
          going = false;
        }
      }
    });
    await Promise.all(writers);
    server.child.kill('SIGKILL');
    await server.ended;
    server = await start();
  }
  expect(acknowledged.length).toBeGreaterThan(200);
  for (const { id, name } of acknowledged) {
    const [one, history] = [await (await api(`/contacts/${id}/360`)).json(), await (await api(`/contacts/${id}/history`)).json()];
    expect({
      name: (one as { profile: { name: string } }).profile.name,
      timeline: (one as { timeline: unknown[] }).timeline.length,
      history: (history as unknown[]).length,
    }).toEqual({ name, timeline: 1, history: 1 });
  }
  const all = await api('/contacts?search=kill&count=true&limit=1');
  expect(Number(all.headers.get('rapport-count'))).toBeGreaterThanOrEqual(acknowledged.length);
}, 120_000);

it('ends at once and cleanly when it is asked to', async () => {
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});
