import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsOptional, IsString, Length } from 'class-validator';
import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { context, Problem, validateForm, type Permissions } from '#runtime';
import { ListQuery } from '../list-query.ts';
import { serve, type App } from '../serve.ts';
import { PUBLIC } from './server.ts';

class Thing {
  @IsString() @Length(1, 20) name!: string;
  @IsOptional() @IsString() note?: string;
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly bytes = 600_000;
}
class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly inDoubt: boolean;
  constructor(message: string, inDoubt = false) {
    super(message);
    this.inDoubt = inDoubt;
  }
}

@Controller('things')
class Things {
  @Post()
  make(@Body() body: Thing) {
    return { ...validateForm(Thing, body), actor: context().actor };
  }
  @Post('bulk')
  bulk(@Body() body: unknown) {
    return { size: JSON.stringify(body).length };
  }
  @Get()
  list(@Query() query: ListQuery) {
    return { limit: query.limit, sort: query.sort };
  }
  @Get('fail/:how')
  async fail(@Param('how') how: string) {
    if (how === 'bug') throw new TypeError('secret inside');
    if (how === 'rule') throw new Problem(409, 'opportunity-closed', 'The business rules refuse this.', { details: { status: 'won' } });
    if (how === 'large') throw new TooLarge('x');
    if (how === 'away') throw new StoreUnavailable('disk at /var/lib full');
    if (how === 'in-doubt') throw new StoreUnavailable('the answer was lost', true);
    return { how, tenant: context().tenant };
  }
}

let app: App;
let fastify: FastifyInstance;
let key: CryptoKey;
const logged: { about: object; message: string }[] = [];
const permissions: Permissions = { may: () => ({ all: true }), why: () => '', hidden: () => [] };

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  const log = {
    info: (about: object, message: string) => void logged.push({ about, message }),
    error: (about: object, message: string) => void logged.push({ about, message }),
  };
  const identity = {
    issuers: [
      { issuer: 'https://id', audience: 'rapport', tenant: 'acme', jwks: createLocalJWKSet({ keys: [await exportJWK(pair.publicKey)] }) },
    ],
    access: () => permissions,
  };
  const extend = (plain: FastifyInstance) =>
    void plain.get('/plain', () => {
      throw new TypeError('secret inside');
    });
  app = await serve({ modules: [], running: new Map(), identity, log, controllers: [Things], open: ['/plain'], extend });
  fastify = app.fastify;
});
afterAll(() => app.close());

const token = () =>
  new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer('https://id')
    .setAudience('rapport')
    .setExpirationTime('5m')
    .sign(key);
const ask = async (method: 'GET' | 'POST', url: string, payload?: string | Buffer, headers: Record<string, string> = {}) => {
  const answer = await fastify.inject({
    method,
    url: `/api/v1${url}`,
    payload,
    headers: {
      authorization: `Bearer ${await token()}`,
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    headers: answer.headers,
    body: answer.body ? (JSON.parse(answer.body) as Record<string, unknown>) : undefined,
    text: answer.body,
  };
};

it('runs a handler in the caller’s context', async () => {
  expect(await ask('POST', '/things', '{"name":"desk"}')).toMatchObject({ status: 201, body: { name: 'desk', actor: 'ann' } });
  expect(await ask('GET', '/things/fail/not')).toMatchObject({ status: 200, body: { tenant: 'acme' } });
});

it('answers every fault as a problem, with a request id that the log knows', async () => {
  const bad = await ask('POST', '/things', '{"name":"","colour":1}');
  expect(bad).toMatchObject({
    status: 400,
    type: 'application/problem+json; charset=utf-8',
    body: { type: '/problems/invalid', title: 'Bad Request', status: 400, code: 'invalid' },
  });
  expect((bad.body!.fields as { field: string }[]).map((one) => one.field)).toEqual(['colour', 'name']);
  expect(bad.body!.requestId).toBe(bad.headers['x-request-id']);
  expect(await ask('GET', '/things/fail/rule')).toMatchObject({
    status: 409,
    body: { code: 'opportunity-closed', details: { status: 'won' } },
  });
  expect(await ask('GET', '/things/fail/large')).toMatchObject({ status: 413, body: { code: 'event-too-large', bytes: 600_000 } });
  expect(await ask('GET', '/things/fail/away')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2' },
    body: { code: 'store-unavailable', detail: expect.stringContaining('nothing of this request was kept') },
  });
  expect(await ask('GET', '/things/fail/in-doubt')).toMatchObject({
    status: 503,
    body: { code: 'store-unavailable', detail: expect.stringContaining('whether this request was kept is not known') },
  });
  expect(await ask('GET', '/nowhere')).toMatchObject({
    status: 404,
    type: 'application/problem+json; charset=utf-8',
    body: { code: 'not-found' },
  });
});

it('shows nothing of a bug’s inside, and logs it', async () => {
  const bug = await ask('GET', '/things/fail/bug');
  expect(bug).toMatchObject({ status: 500, body: { code: 'internal' } });
  expect(bug.text).not.toContain('secret');
  expect(JSON.stringify(logged)).toContain('secret inside');
});

it.each([
  ['{"name":"a",}', 400, 'malformed-json'],
  ['{"name":"a","name":"b"}', 400, 'malformed-json'],
  ['{"name":"a\\u0000"}', 400, 'invalid'],
  ['{"name":12345678901234567890}', 400, 'invalid'],
  ['{"__proto__":{"name":"a"}}', 400, 'invalid'],
  ['['.repeat(100) + ']'.repeat(100), 400, 'too-deep'],
  ['null', 400, 'invalid'],
  ['[]', 400, 'invalid'],
])('refuses the body %s', async (body, status, code) =>
  expect(await ask('POST', '/things', body)).toMatchObject({ status, body: { code } }),
);

it('answers faults of plain routes the same way', async () => {
  const answer = await fastify.inject({ url: '/plain' });
  expect([answer.statusCode, answer.json().code, answer.body.includes('secret')]).toEqual([500, 'internal', false]);
});

it('takes an absent body as an empty one', async () =>
  expect((await ask('POST', '/things')).body).toMatchObject({ code: 'invalid', fields: [{ field: 'name' }] }));

it('takes JSON in UTF-8 only', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/csv',
    'application/xml',
    'application/json; charset=latin1',
  ])
    expect(await ask('POST', '/things', '{"name":"a"}', { 'content-type': type })).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type' },
    });
  expect((await ask('POST', '/things', '{"name":"a"}', { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(201);
});

it('takes a megabyte, five for bulk, and no more', async () => {
  const body = (bytes: number) => `{"name":"${'x'.repeat(bytes)}"}`;
  expect(await ask('POST', '/things', body(1_100_000))).toMatchObject({ status: 413, body: { code: 'too-large' } });
  expect((await ask('POST', '/things', body(10_000_000))).status).toBe(413);
  expect((await ask('POST', '/things/bulk', body(4_000_000))).status).toBe(201);
  expect((await ask('POST', '/things/bulk', body(5_300_000))).status).toBe(413);
});

it('reads a list’s parameters strictly', async () => {
  expect(await ask('GET', '/things?limit=20&sort=-value,name')).toMatchObject({
    body: { limit: 20, sort: [{ field: 'value', desc: true }, { field: 'name' }] },
  });
  for (const bad of ['limit=0', 'limit=201', 'limit=x', 'sort=a;b', 'wat=1', 'limit=1&limit=2', 'count=yes', 'search=%00', 'fields=a b'])
    expect(await ask('GET', `/things?${bad}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid', fields: [{ field: bad.split('=')[0] }] },
    });
});

it('wants a token on every route that is not public', async () => {
  const walked = app.routes.filter((route) => route.method !== 'OPTIONS' && route.url !== '/plain');
  expect(walked.length).toBeGreaterThan(8);
  for (const route of walked) {
    const url = route.url.replaceAll(/:\w+/g, 'x').replaceAll('*', 'x');
    const answer = await fastify.inject({ method: route.method as 'GET', url });
    if (PUBLIC.has(route.url)) expect([route.url, answer.statusCode === 401]).toEqual([route.url, false]);
    else expect([route.method, route.url, answer.statusCode]).toEqual([route.method, route.url, 401]);
  }
});

it('logs no query, no address of a record and no body', async () => {
  logged.length = 0;
  await ask('GET', '/things/fail/jane-doe?who=jane@example.org');
  expect(logged).toContainEqual({
    message: 'request',
    about: expect.objectContaining({ route: '/api/v1/things/fail/:how', status: 200, tenant: 'acme' }),
  });
  expect(JSON.stringify(logged)).not.toContain('jane');
});

it('sends the headers that keep a browser honest', async () => {
  expect((await ask('GET', '/things')).headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  const docs = await fastify.inject({ url: '/api/docs' });
  expect(docs.statusCode).toBe(200);
  expect(docs.headers['content-security-policy']).toMatch(/script-src 'sha256-/);
});

it('says how it is, and its numbers', async () => {
  expect((await fastify.inject({ url: '/health/live' })).json()).toEqual({ status: 'live' });
  expect((await fastify.inject({ url: '/health/ready' })).json()).toEqual({ status: 'ready' });
  const text = (await fastify.inject({ url: '/metrics' })).body;
  expect(text).toContain('rapport_http_duration_seconds_count{method="GET",route="/health/live",status="200"}');
  expect(text).toMatch(/rapport_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+/);
});

it('refuses addresses that are malformed or too long', async () => {
  expect((await ask('GET', '/things/fail/%ff')).status).toBe(400);
  expect((await ask('GET', `/things/fail/${'x'.repeat(400)}`)).status).toBe(414);
  expect((await ask('GET', '/things/fail/a%00b')).status).toBe(404);
});
