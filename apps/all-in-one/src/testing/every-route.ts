import { openApiOf } from '#service';
import type { Answer, Client } from '#testing/service';
import { MODULES } from '../services.ts';

export type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  $ref?: string;
  format?: string;
};
type Body = { content: Record<string, { schema: Schema }> };
/** `path` as the documents have it, under `/api/v1`: `/contacts/{id}/merge`. `form`: what its body is to be; `upload`: it takes a file. */
export type Route = { method: 'get' | 'post' | 'put' | 'patch'; path: string; form?: Schema; upload: boolean };

/** Every route there is, from the generated documents, and what their forms are made of. */
export async function everyRoute(): Promise<{ routes: Route[]; resolve: (schema: Schema) => Schema }> {
  const document = (await openApiOf(MODULES)) as {
    paths: Record<string, Record<Route['method'], { requestBody?: Body }>>;
    components: { schemas: Record<string, Schema> };
  };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method as Route['method'],
      path: path.slice('/api/v1'.length),
      upload: requestBody?.content['text/csv'] !== undefined,
      ...(requestBody?.content['application/json'] ? { form: requestBody.content['application/json'].schema } : {}),
    })),
  );
  const resolve = (schema: Schema): Schema => {
    if (!schema.$ref) return schema;
    const found = document.components.schemas[schema.$ref.slice('#/components/schemas/'.length)];
    if (!found) throw new Error(`the documents name ${schema.$ref}, which is not in them`);
    return found;
  };
  return { routes, resolve };
}

/** The ids of a tenant's records, one per resource, and of what hangs on them. */
export type Records = Record<string, string>;
const MERGED = ['contacts', 'accounts'];

/** One record of every kind and an import of each, in a tenant: owned ones carry `owned` in their texts, those that are everybody's `shared`. */
export async function populate(client: Client, marks: { owned: string; shared: string }): Promise<Records> {
  const { owned, shared } = marks;
  const made = async (answer: Promise<Answer>): Promise<string> => {
    const { status, body, text } = await answer;
    if (status !== 201) throw new Error(`${status} ${text}`);
    return body.id as string;
  };
  const ids: Records = {};
  ids.teams = await made(client.post('/teams', { name: shared }));
  ids.roles = await made(
    client.post('/roles', { name: shared, grants: [{ can: ['read'], on: ['sales'], reach: 'own' }], hidden: ['contacts.contact.tags'] }),
  );
  ids.users = await made(client.post('/users', { name: shared, email: `${shared}@example.com` }));
  ids['api-keys'] = await made(client.post('/api-keys', { name: shared, scopes: [{ can: ['read'], on: ['sales'], reach: 'own' }] }));
  ids.products = await made(client.post('/products', { code: shared, name: shared, prices: [{ amount: '5.00', currency: 'EUR' }] }));
  const pipeline = (await client.post('/pipelines', { name: shared, stages: [{ name: shared, probability: 50 }] })).body;
  ids.pipelines = pipeline.id;
  ids.stage = pipeline.stages[0].stageId;
  ids.views = await made(client.post('/views', { name: owned, of: 'contacts.contact', filter: `name prefix "${owned}"` }));
  ids.accounts = await made(client.post('/accounts', { name: owned, website: `${owned}.example`, tags: [owned] }));
  ids.contacts = await made(
    client.post('/contacts', { name: owned, emails: [{ address: `${owned}@example.com` }], tags: [owned], accountId: ids.accounts }),
  );
  for (const resource of MERGED) ids[`${resource}/absorbed`] = await made(client.post(`/${resource}`, { name: owned }));
  ids.opportunities = await made(
    client.post('/opportunities', {
      name: owned,
      note: owned,
      pipelineId: ids.pipelines,
      accountId: ids.accounts,
      contactId: ids.contacts,
      value: { amount: '77777.77', currency: 'EUR' },
    }),
  );
  const lines = (await client.post(`/opportunities/${ids.opportunities}/lines`, { productId: ids.products, quantity: 1 })).body.lines;
  ids.line = lines[0].lineId;
  const about = [`contacts.contact/${ids.contacts}`, `contacts.account/${ids.accounts}`, `sales.opportunity/${ids.opportunities}`];
  ids.activities = await made(client.post('/activities', { kind: 'note', about, subject: owned, body: owned }));
  for (const resource of ['contacts', 'accounts', 'products', 'users', 'opportunities'])
    ids[`${resource}/imports`] = await made(
      client.post(`/${resource}/imports?label=${owned}.csv`, `Name,Code\n${owned},1\n`, { 'content-type': 'text/csv' }),
    );
  return ids;
}

/** The address of a route for these records. */
export function addressOf({ path }: Route, ids: Records): string {
  const resource = path.split('/')[1]!;
  const id = path.startsWith(`/${resource}/imports/`) ? ids[`${resource}/imports`] : ids[resource];
  return path.replace('{id}', id ?? '00000000-0000-4000-8000-000000000000').replace('{view}', VIEW[path.split('/')[2]!] ?? 'none');
}
const VIEW: Record<string, string> = {
  workspace: 'workspace.users',
  contacts: 'contacts.contacts',
  sales: 'sales.opportunities',
  analytics: 'analytics.none',
};

/** What a route takes, right in form: with it, the answer depends on who asks and on what. */
export function bodyFor(route: Route, ids: Records): unknown {
  if (route.upload) return 'Name\nSomebody\n';
  const { path } = route;
  const resource = path.split('/')[1]!;
  if (path.endsWith('/bulk'))
    return [
      {
        id: ids[resource],
        command: route.path === '/activities/bulk' ? 'complete' : 'change',
        data: resource === 'activities' ? {} : bodies[`/${resource}/{id}`]!(ids),
      },
    ];
  if (path.endsWith('/merge')) return { absorbedId: ids[`${resource}/absorbed`] };
  if (path.endsWith('/unmerge')) return { releasedId: ids[`${resource}/absorbed`] };
  if (path.endsWith('/imports/{id}')) return { existing: 'skip' };
  if (path.startsWith('/services/') && path.endsWith('/undo')) return { correlation: ids.accounts, dryRun: true };
  if (path.endsWith('/parked/retry')) return { stream: `contacts.contact/${ids.contacts}` };
  if (path.endsWith('/parked/skip')) return { eventId: ids.contacts };
  return bodies[path]?.(ids) ?? {};
}

const bodies: Record<string, (ids: Records) => unknown> = {
  '/contacts': () => ({ name: 'New' }),
  '/accounts': () => ({ name: 'New' }),
  '/activities': (ids) => ({ kind: 'note', about: [`contacts.contact/${ids.contacts}`], subject: 'New' }),
  '/opportunities': (ids) => ({ name: 'New', pipelineId: ids.pipelines, accountId: ids.accounts, contactId: ids.contacts }),
  '/pipelines': () => ({ name: 'New' }),
  '/products': () => ({ code: 'NEW', name: 'New' }),
  '/users': () => ({ name: 'New' }),
  '/teams': () => ({ name: 'New' }),
  '/roles': () => ({ name: 'new', grants: [] }),
  '/views': () => ({ name: 'New', of: 'contacts.contact' }),
  '/api-keys': () => ({ name: 'New', scopes: [{ can: ['read'], on: ['sales'], reach: 'own' }] }),
  '/contacts/{id}': () => ({ name: 'Changed' }),
  '/accounts/{id}': () => ({ name: 'Changed' }),
  '/activities/{id}': () => ({ subject: 'Changed' }),
  '/opportunities/{id}': () => ({ name: 'Changed' }),
  '/pipelines/{id}': () => ({ name: 'Changed' }),
  '/products/{id}': () => ({ name: 'Changed' }),
  '/users/{id}': () => ({ name: 'Changed' }),
  '/teams/{id}': () => ({ name: 'Changed' }),
  '/roles/{id}': () => ({ name: 'changed' }),
  '/views/{id}': () => ({ name: 'Changed' }),
  '/settings': () => ({ name: 'Changed' }),
  '/me': () => ({ name: 'Changed' }),
  '/users/{id}/roles': () => ({ roleIds: [] }),
  '/opportunities/{id}/stage': (ids) => ({ stageId: ids.stage }),
  '/opportunities/{id}/lines': (ids) => ({ productId: ids.products, quantity: 1 }),
  '/opportunities/{id}/lines/change': (ids) => ({ lineId: ids.line, quantity: 2 }),
  '/opportunities/{id}/lines/remove': (ids) => ({ lineId: ids.line }),
  '/opportunities/{id}/lose': () => ({ reason: 'price' }),
};

/** Asks a route: with the body that is right for it unless another is given. */
export function ask(client: Client, route: Route, ids: Records, body: unknown = bodyFor(route, ids)): Promise<Answer> {
  const address = addressOf(route, ids);
  if (route.method === 'get') return client.get(address);
  return client[route.method](address, body, route.upload ? { 'content-type': 'text/csv' } : {});
}
