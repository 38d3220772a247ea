import { testApp, type Answer, type Client, type TestApp } from '#testing/service';
import { MODULES } from './services.ts';
import { addressOf, ask, bodyFor, everyRoute, populate, type Records, type Route } from './testing/every-route.ts';

const ALPHA = { owned: 'quokka', shared: 'wombat' };
const BETA = { owned: 'badger', shared: 'marten' };
const SERVICES = ['workspace', 'contacts', 'sales', 'analytics'];

const { routes: all } = await everyRoute();
// A stream never ends; the service kit's own test follows it.
const routes = all.filter(({ path }) => path !== '/changes');
// What is sealed is sent to be opened, and nothing is written: contacts tries that wall with ciphertexts of its own.
const writing = routes.filter(({ method, path }) => method !== 'get' && !path.endsWith('/unseal'));
const reading = routes.filter(({ method }) => method === 'get');

let app: TestApp;
let [alice, bert]: Client[] = [];
let [alpha, beta]: Records[] = [];
beforeAll(async () => {
  const grants = [{ can: ['*'], on: ['contacts', 'sales'], reach: 'all' as const }];
  const hidden = { 'contacts.contact': ['emails', 'primaryEmail'], 'sales.opportunity': ['value'] };
  app = await testApp(MODULES, { roles: [{ name: 'clerk', grants, hidden }] });
  alice = app.as('alice', { tenant: 'alpha', roles: ['administrator'] });
  bert = app.as('bert', { tenant: 'beta', roles: ['administrator'] });
  [alpha, beta] = [await populate(alice, ALPHA), await populate(bert, BETA)];
});
afterAll(() => app.close());

/** What has happened in a tenant, all of it. */
const happened = async (client: Client) =>
  (await Promise.all(SERVICES.map((service) => client.get(`/services/${service}/events?limit=1000`)))).map(({ text }) => text);
/** What an answer shows that it must not: words, or ids of records. */
const shown = ({ text, headers }: Answer, marks: string[], ids: Records = {}) => {
  const whole = `${text} ${JSON.stringify(headers)}`.toLowerCase();
  return [...marks, ...Object.values(ids)].filter((one) => whole.includes(one));
};
const words = ({ owned, shared }: typeof ALPHA) => [owned, shared];
const notABug = [200, 201, 202, 400, 403, 404, 409, 410, 415, 422];
/** Of a bulk call, its only item’s. */
const statusOf = (route: Route, answer: Answer): number =>
  route.path.endsWith('/bulk') && answer.status === 200 ? (answer.body as { status: number }[])[0]!.status : answer.status;

const judged = (route: Route, answer: Answer, statuses: number[], leaked: string[] = []) => {
  const status = statusOf(route, answer);
  return statuses.includes(status) && leaked.length === 0 ? undefined : `${status} ${leaked.join(' ')} ${answer.text.slice(0, 300)}`;
};

/** Tries each route; what breaks the wall is listed by its route. Alpha's logs are as before afterwards. */
async function hold(list: Route[], broken: (route: Route) => Promise<string | undefined>): Promise<void> {
  expect(list.length).toBeGreaterThan(5);
  const before = await happened(alice!);
  const breaches: string[] = [];
  for (const route of list) {
    const breach = await broken(route);
    if (breach) breaches.push(`${route.method.toUpperCase()} ${route.path}: ${breach}`);
  }
  expect(breaches).toEqual([]);
  expect(await happened(alice!)).toEqual(before);
}

it('tries every writing route with a body that its own tenant may send: it is taken, or refused by a rule', async () => {
  const gail = app.as('gail', { tenant: 'gamma', roles: ['administrator'] });
  const ids = await populate(gail, { owned: 'otter', shared: 'stoat' });
  await hold(writing, async (route) => {
    const absent = route.path.startsWith('/services/') || ['/me', '/settings'].includes(route.path) ? [404] : [];
    return judged(route, await ask(gail, route, ids), [200, 201, 202, 409, 410, ...absent]);
  });
});

describe('two tenants', () => {
  it('know nothing of each other’s records', () =>
    hold(
      routes.filter(({ path }) => path.includes('{id}')),
      async (route) => {
        const answer = await ask(bert!, route, alpha!);
        return judged(route, answer, [404], shown(answer, words(ALPHA)));
      },
    ));

  it('see their own alone in lists, searches, figures, exports and journals, at any moment', () =>
    hold(
      reading.filter(({ path }) => !path.includes('{id}')),
      async (route) => {
        const touches = `?touches=contacts.contact/${alpha!.contacts}`;
        for (const query of ['', '?search=quokka', '?limit=200&count=true', '?removed=true', '?asOf=2027-01-01', touches]) {
          const answer = await bert!.get(addressOf(route, beta!) + query);
          const breach = judged(route, answer, notABug, shown(answer, words(ALPHA), query === touches ? {} : alpha!));
          if (breach) return `${query} ${breach}`;
        }
        return undefined;
      },
    ));

  it('cannot name each other’s records in their own', async () => {
    await hold(
      writing.filter(({ path, form }) => form && !path.startsWith('/services')),
      async (route) => {
        const body = bodyFor(route, { ...alpha!, pipelines: beta!.pipelines! });
        const answer = await bert![route.method as 'post'](addressOf(route, beta!), body);
        return judged(route, answer, notABug, shown(answer, words(ALPHA)));
      },
    );
    await app.settled();
    await hold(reading, async (route) => {
      const answer = await ask(bert!, route, beta!);
      return judged(route, answer, notABug, shown(answer, words(ALPHA)));
    });
  });
});

describe('a role', () => {
  const as = (user: string, roles: string[]) => app.as(user, { tenant: 'alpha', roles });

  it('is somebody’s: every route needs a token', () =>
    hold(all, async (route) => {
      const method = route.method.toUpperCase() as 'GET';
      const { statusCode } = await app.app.fastify.inject({ method, url: `/api/v1${addressOf(route, alpha!)}` });
      return statusCode === 401 ? undefined : String(statusCode);
    }));

  it('is what gives: without one there is nothing', () =>
    hold(routes, async (route) => {
      const answer = await ask(as('nobody', []), route, alpha!);
      return judged(
        route,
        answer,
        route.path === '/me' ? [200, 404, 403] : route.path.endsWith('/records') ? [400] : [403, 404],
        shown(answer, words(ALPHA)),
      );
    }));

  it.each(['read-only', 'analyst'])('%s writes nothing but how they look at lists', (role) =>
    hold(
      writing.filter(({ path }) => !path.startsWith('/views')),
      async (route) => judged(route, await ask(as(role, [role]), route, alpha!), [403, 404]),
    ),
  );

  it('seller sees nothing of a colleague’s, at no moment', () => {
    const sam = as('sam', ['seller']);
    const { contacts, accounts, opportunities, activities } = alpha!;
    return hold(reading, async (route) => {
      for (const query of ['', '?asOf=2027-01-01', '?knownAt=2027-01-01T00:00:00Z', '?search=quokka', '?removed=true', '?limit=200']) {
        const answer = await sam.get(addressOf(route, alpha!) + query);
        const breach = judged(
          route,
          answer,
          notABug,
          shown(answer, ['quokka', '77777'], { contacts, accounts, opportunities, activities } as Records),
        );
        if (breach) return `${query} ${breach}`;
      }
      return undefined;
    });
  });

  it('seller changes nothing of a colleague’s', () =>
    hold(
      writing.filter(({ path }) => /^\/(contacts|accounts|opportunities|activities)\/(\{id\}|bulk|imports)/.test(path)),
      async (route) => {
        const answer = await ask(as('sam', ['seller']), route, alpha!);
        return judged(route, answer, [403, 404]);
      },
    ));

  it('hides fields everywhere, also from filters, sorting and search', async () => {
    const clerk = app.as('clerk', { tenant: 'alpha', roles: ['clerk'] });
    await hold(reading, async (route) => {
      if (route.path.startsWith('/services/')) return undefined;
      for (const query of ['', '?asOf=2027-01-01', '?limit=200']) {
        const answer = await clerk.get(addressOf(route, alpha!) + query);
        const breach = judged(route, answer, notABug, shown(answer, ['quokka@example.com', '77777']));
        if (breach) return `${query} ${breach}`;
      }
      return undefined;
    });
    for (const query of ['filter=primaryEmail%20eq%20%22quokka@example.com%22', 'sort=primaryEmail', 'fields=emails'])
      expect((await clerk.get(`/contacts?${query}`)).status).toBe(400);
    expect((await clerk.get('/contacts?search=quokka@example.com')).body).toEqual([]);
    expect((await clerk.patch(`/contacts/${alpha!.contacts}`, { emails: [] })).status).toBe(403);
  });
});

it('what is nobody’s is everybody’s who may read its kind, in lists as alone', async () => {
  const [sam, nobody] = [app.as('sam', { tenant: 'alpha', roles: ['seller'] }), app.as('nobody', { tenant: 'alpha', roles: [] })];
  const { id } = (await alice!.post('/accounts', { name: 'Commons', ownerId: null })).body;
  expect((await sam.get(`/accounts/${id}`)).status).toBe(200);
  expect((await sam.get('/accounts?search=commons')).body).toMatchObject([{ id }]);
  expect([(await nobody.get(`/accounts/${id}`)).status, (await nobody.get('/accounts?search=commons')).status]).toEqual([403, 403]);
});

it('a customer of one’s own shows no colleague’s deals, activities and people beside it', async () => {
  const sam = app.as('sam', { tenant: 'alpha', roles: ['seller'] });
  const { id } = (await sam.post('/accounts', { name: 'Samco' })).body;
  const value = { amount: '88888.88', currency: 'EUR' };
  await alice!.post('/opportunities', { name: 'quokka deal', pipelineId: alpha!.pipelines, accountId: id, value });
  await alice!.post('/activities', { kind: 'note', about: [`contacts.account/${id}`], subject: 'quokka note' });
  await alice!.post('/contacts', { name: 'Quokka Person', accountId: id });
  await app.settled();
  for (const path of ['/360', '/timeline', '/history', '', '/360?asOf=2027-01-01']) {
    const answer = await sam.get(`/accounts/${id}${path}`);
    expect([path, answer.status, shown(answer, ['quokka', '88888'])]).toEqual([path, 200, []]);
  }
});
