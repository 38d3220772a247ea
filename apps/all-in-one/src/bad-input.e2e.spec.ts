import { testApp, type Answer, type Client, type TestApp } from '#testing/service';
import { MODULES } from './services.ts';
import { addressOf, bodyFor, everyRoute, populate, type Records, type Route, type Schema } from './testing/every-route.ts';

const { routes, resolve } = await everyRoute();
const reading = routes.filter(({ method, path }) => method === 'get' && path !== '/changes');
const writing = routes.filter(({ form }) => form);
const single = writing.filter(({ path }) => !path.endsWith('/bulk'));

let app: TestApp;
let ann: Client;
let ids: Records;
beforeAll(async () => {
  app = await testApp(MODULES);
  ann = app.as('ann', { roles: ['administrator'] });
  ids = await populate(ann, { owned: 'quokka', shared: 'wombat' });
});
afterAll(() => app.close());

const send = (route: Route, body: unknown, headers?: Record<string, string>) =>
  ann[route.method as 'post'](addressOf(route, ids), body, headers);

/** What is wrong with an answer to bad input; undefined when it is as it must be: the right status, a problem with a code, nothing of our inside. */
function fault(answer: Answer, statuses: number[], field?: string): string | undefined {
  const { status, body, text, headers } = answer;
  const type = String(headers['content-type']);
  if (!statuses.includes(status)) return `${status} ${text.slice(0, 200)}`;
  if (!type.startsWith('application/problem+json')) return `is ${type}`;
  if (typeof body.code !== 'string' || typeof body.detail !== 'string') return `has no code: ${text}`;
  if (/node:|\.[tj]s:\d|Error:|sqlite|undefined/i.test(text)) return `shows its inside: ${text}`;
  const named = (body.fields as { field: string }[] | undefined)?.map((one) => one.field) ?? [];
  if (field !== undefined && !named.some((one) => one === field || one.startsWith(`${field}.`))) return `does not name ${field}: ${text}`;
  return undefined;
}

async function every(list: Route[], broken: (route: Route) => AsyncGenerator<[string, string | undefined]>): Promise<void> {
  expect(list.length).toBeGreaterThan(5);
  const found: string[] = [];
  for (const route of list)
    for await (const [what, wrong] of broken(route)) if (wrong) found.push(`${route.method} ${route.path} ${what}: ${wrong}`);
  expect(found).toEqual([]);
}

const propertiesOf = ({ form }: Route) =>
  Object.entries(resolve(form!).properties ?? {}).map(([name, schema]) => [name, resolve(schema)] as const);
const isText = ({ type, format }: Schema) => type === 'string' && format === undefined;

it('documents every form whole: what is named is there', () =>
  every(writing, async function* (route) {
    for (const [name, schema] of propertiesOf(route)) yield [name, schema.type === undefined ? 'has no type' : undefined];
  }));

it('takes no body that is not JSON, too large or nested too deeply', () =>
  every(writing, async function* (route) {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    for (const text of ['{"a":', 'null}', '{"a":1,"a":2}', '{"__proto__":{}}', '\ufeff{}x', '{"a":"\\ud800"}', deep])
      yield [text.slice(0, 20), fault(await send(route, text), [400])];
    yield ['latin-1', fault(await send(route, Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d])), [400])];
    yield ['10 MB', fault(await send(route, `{"a":"${'x'.repeat(10_000_000)}"}`), [413])];
    for (const type of ['application/xml', 'text/csv', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16'])
      yield [type, fault(await send(route, '{}', { 'content-type': type }), [415])];
  }));

it('takes no body of another shape', () =>
  every(writing, async function* (route) {
    const bulk = route.path.endsWith('/bulk');
    for (const text of ['5', 'true', '"text"', 'null', bulk ? '{}' : '[]', ...(bulk ? ['[]', `[${'{},'.repeat(1000)}{}]`] : [])]) {
      // Where nothing need be said, null says it.
      if (text === 'null' && !resolve(route.form!).required) continue;
      yield [text.slice(0, 20), fault(await send(route, text), [400])];
    }
    if (!bulk) yield ['an unknown field', fault(await send(route, { ...(bodyFor(route, ids) as object), surprise: 1 }), [400], 'surprise')];
  }));

it('takes no field of another type, and says which', () =>
  every(single, async function* (route) {
    const right = bodyFor(route, ids) as object;
    for (const [name, { type }] of propertiesOf(route))
      for (const [kind, value] of Object.entries({ string: 'no such thing', number: 1.5, boolean: true, array: [[]], object: { x: 1 } })) {
        if (kind === type || (kind === 'object' && type === 'object') || (kind === 'number' && type === 'integer')) continue;
        yield [`${name}: ${kind}`, fault(await send(route, { ...right, [name]: value }), [400], name)];
      }
  }));

it('takes no text that deceives, no number that would change, no day that does not exist', () =>
  every(single, async function* (route) {
    const right = bodyFor(route, ids) as object;
    for (const [name, schema] of propertiesOf(route)) {
      if (isText(schema))
        for (const text of ['a\u0000b', 'a\u202eb', 'a\u2066b', 'x'.repeat(200_000)])
          yield [`${name} ${text.length}`, fault(await send(route, { ...right, [name]: text }), [400], name)];
      if (schema.type === 'integer' || schema.type === 'number')
        for (const number of ['9007199254740993', '1e400', '-1e22'])
          yield [
            `${name} ${number}`,
            fault(await send(route, JSON.stringify({ ...right, [name]: '#' }).replace('"#"', number)), [400], name),
          ];
      if (schema.format === 'date' || schema.format === 'date-time')
        for (const day of ['2026-02-30', '2026-13-01', '2026-02-30T10:00:00Z', '2026-W05', 'yesterday', ''])
          yield [`${name} ${day}`, fault(await send(route, { ...right, [name]: day }), [400], name)];
      if (schema.format === 'uuid')
        for (const id of ['1', '../../x', `${ids.contacts}x`])
          yield [`${name} ${id}`, fault(await send(route, { ...right, [name]: id }), [400], name)];
    }
  }));

it('takes no header it cannot read', () =>
  every(single, async function* (route) {
    for (const [header, value] of [
      ['if-match', 'W/"1"'],
      ['if-match', 'one'],
      ['idempotency-key', 'with spaces in it'],
      ['idempotency-key', 'x'.repeat(300)],
      ['rapport-occurred-at', '2026-02-30T10:00:00Z'],
      ['rapport-occurred-at', '2026-01-01'],
      ['rapport-correlation', 'none'],
    ] as const)
      yield [`${header} ${value}`, fault(await send(route, bodyFor(route, ids), { [header]: value }), [400])];
  }));

it('answers a question that cannot be read with what would be right', () =>
  every(reading, async function* (route) {
    const ask = (query: string) => ann.get(`${addressOf(route, ids)}${query}`);
    const listed = route.path.split('/').length === 2 && !['/me', '/settings', '/changes'].includes(route.path);
    if (listed)
      for (const query of [
        '?surprise=1',
        '?limit=0',
        '?limit=1e9',
        '?limit=5&limit=6',
        '?cursor=abc',
        '?cursor=W10',
        '?filter=name%20eq',
        '?filter=nowhere%20eq%201',
        `?filter=${'('.repeat(5_000)}`,
        '?sort=nowhere',
        '?fields=nowhere',
        '?count=maybe',
        '?search=%00',
        '?asOf=2026-02-30',
      ])
        yield [query.slice(0, 30), fault(await ask(query), [400])];
    if (route.path.endsWith('/360') || route.path.startsWith('/figures'))
      for (const query of [
        '?asOf=2026-02-30',
        '?asOf=yesterday',
        '?knownAt=2026-01-01T25:00:00Z',
        '?surprise=1',
        '?asOf=2026-01-01&asOf=2026-01-02',
      ])
        yield [query, fault(await ask(query), [400])];
    if (route.path.endsWith('/history') || route.path.endsWith('/timeline') || route.path.endsWith('/events'))
      for (const query of ['?limit=0', '?limit=x', '?surprise=1', '?cursor=', '?after=-1']) yield [query, fault(await ask(query), [400])];
  }));

it('finds nothing at an address that cannot be', () =>
  every(
    routes.filter(({ path }) => path.includes('{id}')),
    async function* (route) {
      for (const id of ['x', '%00', '..%2f..%2fetc', '%F0%9F%A6%98', '%E0%A4', "'%20OR%201=1--", '0'.repeat(280), 'x'.repeat(5_000)]) {
        const address = route.path.replace('{id}', id).replace('{view}', 'none');
        const answer = route.method === 'get' ? await ann.get(address) : await ann[route.method](address, bodyFor(route, ids));
        yield [id.slice(0, 20), fault(answer, [400, 404, 414])];
      }
    },
  ));
