import { createHash, randomBytes } from 'node:crypto';
import { begin, form, freePort, hostProcess, PASSWORD, until, type Host, type Server } from './testing/host-process.ts';

let host: Host;
beforeAll(async () => {
  host = await hostProcess();
});
afterAll(() => host.close());

/** Signs in as a browser would: authorization code with PKCE, cookies kept. */
async function signIn(url: string, password: string, email = 'Ann@Example.com'): Promise<{ status: number; token?: string }> {
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
  const tried = await go(page, form({ email, password }));
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
  server = await host.start({ first: true });
  expect(await begin(server, 'short')).toBe(400);
  const asked = `${server.url}/api/welcome${new URL(server.link).search}`;
  expect((await fetch(asked)).status).toBe(200);
  expect(await begin(server)).toBe(201);
  expect((await fetch(asked)).status).toBe(410);
  expect(await begin(server)).toBe(410);
  expect((await fetch(`${server.url}/api/v1/contacts`)).status).toBe(401);
  expect((await signIn(server.url, 'a wrong password here')).status).toBe(401);
  const signedIn = await signIn(server.url, PASSWORD);
  expect(signedIn.status).toBe(200);
  token = signedIn.token!;
  expect(await (await api('/me')).json()).toMatchObject({ tenant: 'main', user: { name: 'Ann' } });
});

it('refuses a taken port and a folder in use with a sentence', async () => {
  const taken = host.launch();
  expect([await taken.ended, taken.output()]).toEqual([78, expect.stringContaining(`PORT=${host.port + 1} npm start`)]);
  const inUse = host.launch({ PORT: String(await freePort()) });
  expect([await inUse.ended, inUse.output()]).toEqual([78, expect.stringMatching(/data folder .* is in use by process/)]);
  const unknown = host.launch({ RAPPORT_DATE: 'x' });
  expect([await unknown.ended, unknown.output()]).toEqual([78, expect.stringContaining('RAPPORT_DATE is no setting')]);
});

it('lets somebody in by a link that is good once', async () => {
  const { id } = (await (await api('/users', { method: 'POST', body: { name: 'Bea', email: 'bea@example.com' } })).json()) as {
    id: string;
  };
  const link = async () => ((await (await api(`/users/${id}/invitation`, { method: 'POST', body: {} })).json()) as { token: string }).token;
  const older = await link();
  const made = await link();
  const seen = (of: string) => fetch(`${server.url}/api/join?token=${of}`);
  const join = (of: string, password: string) =>
    fetch(`${server.url}/api/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: of, password }),
    });
  await until(async () => (await seen(made)).status === 200);
  expect(await (await seen(made)).json()).toEqual({ name: 'Bea', email: 'bea@example.com' });
  expect((await seen(older)).status).toBe(410);
  expect((await join(made, 'short')).status).toBe(400);
  const both = await Promise.all([join(made, PASSWORD), join(made, 'another long password')]);
  expect(both.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
  expect((await seen(made)).status).toBe(410);
  expect((await join(made, PASSWORD)).status).toBe(410);
  const chosen = both[0]!.status === 201 ? PASSWORD : 'another long password';
  const own = await signIn(server.url, chosen, 'bea@example.com');
  expect(own.status).toBe(200);
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${own.token}` } });
  expect(await me.json()).toMatchObject({ id });
});

it('loses nothing acknowledged when it is killed under load, and shows it exactly once', async () => {
  const acknowledged: { id: string; name: string }[] = [];
  for (let round = 0; round < 8; round++) {
    let going = true;
    let made = 0;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      while (going && made < 1000) {
        const name = `Kill-${round}-${writer}-${made++}`;
        try {
          const answer = await api('/contacts', { method: 'POST', body: { name }, headers: { 'idempotency-key': name } });
          if (answer.status === 201) acknowledged.push({ id: ((await answer.json()) as { id: string }).id, name });
          if (acknowledged.length > (round + 1) * 40) server.child.kill('SIGKILL');
        } catch {
          going = false;
        }
      }
    });
    await Promise.all(writers);
    server.child.kill('SIGKILL');
    await server.ended;
    server = await host.start();
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
