import { addressOf, newAct, openClient } from './client.ts';
import { ApiProblem, Unreachable } from './problem.ts';

type Sent = { url: string; method: string; headers: Record<string, string>; body?: string };

/** A server that answers in this order, and what it was asked. */
function server(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const session = { distrusted: 0, left: 0 };
  const waits: number[] = [];
  const client = openClient(
    {
      token: async () => `token-${session.distrusted}`,
      distrust: () => void session.distrusted++,
      signInAgain: async () => {
        session.left++;
        throw new Error('left for the sign-in page');
      },
    },
    {
      fetch: (async (url: string, { method, headers, body }: RequestInit) => {
        sent.push({ url, method: method!, headers: headers as Record<string, string>, body: body as string | undefined });
        const answer = answers.shift()!;
        if (answer instanceof Error) throw answer;
        return answer;
      }) as typeof fetch,
      wait: async (ms) => void waits.push(ms),
    },
  );
  return { client, sent, session, waits };
}

const ok = (body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', ...headers } });
const refused = (status: number, more: object = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: '', title: '', status, code: `c${status}`, detail: 'No.', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

it('asks with the token, and gives what the headers say', async () => {
  const { client, sent } = server(
    ok([{ id: 'a' }], { 'rapport-next': 'cursor', 'rapport-count': '3', etag: '"5"', 'rapport-fresh': '12' }),
  );
  const answer = await client.get('/contacts', { query: { filter: 'name prefix "A"', search: '', limit: 10 } });
  expect(sent[0]).toMatchObject({
    url: '/api/v1/contacts?filter=name+prefix+%22A%22&limit=10',
    method: 'GET',
    headers: { authorization: 'Bearer token-0' },
  });
  expect(answer).toMatchObject({ data: [{ id: 'a' }], next: 'cursor', count: '3', revision: 5, fresh: 12 });
});

it('fills in paths without letting a parameter leave its place', () =>
  expect(addressOf('/contacts/{id}/360', { id: 'a/../b' })).toBe('/api/v1/contacts/a%2F..%2Fb/360'));

it('sends a command once: its act’s key and correlation, the revision it is meant for', async () => {
  const { client, sent } = server(refused(503, {}, { 'retry-after': '1' }), ok({ id: 'a', revision: 2 }));
  const act = newAct();
  await client.patch('/contacts/{id}', { params: { id: 'a' }, body: { name: null }, act, ifMatch: 4 });
  expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual([act.key, act.key]);
  expect(sent[1]).toMatchObject({
    method: 'PATCH',
    body: '{"name":null}',
    headers: { 'rapport-correlation': act.correlation, 'if-match': '"4"' },
  });
});

it('reads after its own writes', async () => {
  const { client, sent } = server(ok({ id: 'a', revision: 1 }, { 'rapport-position': 'contacts:0:7' }), ok([]));
  await client.post('/contacts', { body: { name: 'A' } });
  await client.get('/contacts', {});
  expect(sent[1]!.headers['rapport-after']).toBe('contacts:0:7');
});

it('throws a refusal as the server says it', async () => {
  const { client } = server(refused(400, { fields: [{ field: 'emails.0.address', problem: 'is no address', hint: 'a@b.example' }] }));
  const problem = (await client.post('/contacts', { body: {} }).catch((error: unknown) => error)) as ApiProblem;
  expect(problem).toBeInstanceOf(ApiProblem);
  expect([problem.status, problem.code, problem.of('emails'), problem.of('name')]).toEqual([
    400,
    'c400',
    'is no address (a@b.example)',
    undefined,
  ]);
});

it('gets another token once, then leaves for the sign-in page', async () => {
  const once = server(refused(401), ok({}));
  await once.client.get('/me', {});
  expect(once.sent.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-0', 'Bearer token-1']);
  const twice = server(refused(401), refused(401));
  await expect(twice.client.get('/me', {})).rejects.toThrow('left');
  expect(twice.session.left).toBe(1);
});

it('waits as long as it is told, but not for ever', async () => {
  const { client, waits } = server(
    refused(429, {}, { 'retry-after': '2' }),
    refused(503, {}, { 'retry-after': '1' }),
    refused(503),
    refused(503),
  );
  await expect(client.get('/me', {})).rejects.toMatchObject({ status: 503 });
  expect(waits).toEqual([2000, 2000, 3000]);
  const long = server(refused(503, {}, { 'retry-after': '60' }));
  await expect(long.client.get('/me', {})).rejects.toMatchObject({ retryAfter: 60 });
});

it('tells a server that cannot be reached from one that refuses', async () => {
  await expect(server(new TypeError('failed to fetch')).client.get('/me', {})).rejects.toBeInstanceOf(Unreachable);
  await expect(server(new Response('<html>', { status: 502 })).client.get('/me', {})).rejects.toMatchObject({ code: 'http-502' });
});
