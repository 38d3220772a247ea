import type { Type } from '@nestjs/common';
import { List, type AnyView, type TProperties, type TSchema } from '#model';
import { HistoryQuery } from '../history-query.ts';
import { ListQuery, type QueryParameter } from '../list-query.ts';
import { contentsOf, listedView, type NamedParts, type Parts } from '../contents.ts';
import { partsOf } from '../parts.ts';
import { BulkItem } from '../controllers/bulk.ts';
import { described, generalAnswer } from './answers.ts';
import { formSchema, type JsonSchema } from './forms.ts';
import { routesOf, type Route } from './routes.ts';

/** Headers any command takes. */
const COMMAND_HEADERS = [
  header('Idempotency-Key', 'Sent again with the same key, a command is done once and answers as before.'),
  header('If-Match', 'The revision the command is meant for, in quotes; another one answers 412.'),
  header('Rapport-Occurred-At', 'When it happened, if not now: RFC 3339 with its offset.'),
  header('Rapport-Correlation', 'A UUID that binds several commands together, so that they can be found and undone as one.'),
];
const AFTER = header('Rapport-After', 'The Rapport-Position of an earlier answer: the read waits until it has seen it.');
const PROBLEMS: Record<number, string> = {
  400: 'The request does not validate; `fields` names what, and what would be right.',
  401: 'No valid token.',
  403: 'Not allowed; `rule` says by which rule.',
  404: 'No such record, or not visible to the caller.',
  409: 'Refused by the business rules, under a stable `code`.',
  412: 'The record is at another revision.',
  413: 'Too large.',
  415: 'Not JSON.',
  422: 'The Idempotency-Key was used for another body, or the time cannot be.',
  503: 'Not now; `Retry-After` says when.',
};

/** Controllers outside of any service, and what their addresses answer. */
export type Further = { service: string; controllers: readonly Type[]; answers?: Parts['answers'] };

/** OpenAPI 3.1 of these services: requests from the forms' rules, answers from the views' shapes. */
export function openApi(modules: readonly Type[], further: readonly Further[] = []): JsonSchema {
  const schemas: Record<string, JsonSchema> = { Problem: PROBLEM, Accepted: ACCEPTED };
  const parts = new Map(modules.map((module) => [partsOf(module).service, partsOf(module)]));
  const views = new Map([...parts.values()].flatMap((one) => contentsOf(one).views).map((view) => [view.shape.properties, view]));
  const said = Object.assign({}, ...[...parts.values(), ...further].map(({ answers }) => answers)) as NonNullable<Parts['answers']>;
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routesOf(modules, further))
    (paths[`/api/v1${route.path}`] ??= {})[route.method] = operation(route, { parts: parts.get(route.service), said, schemas, views });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version: '1',
      description: 'Every record is a stream of events; commands append to it, views are folded from it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set([...parts.keys(), ...further.map((one) => one.service)])].map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token of the issuer, or an API key (rpk_…).' } },
    },
  };
}

type Setting = {
  parts: NamedParts | undefined;
  /** What modules say of their addresses. */
  said: NonNullable<Parts['answers']>;
  schemas: Record<string, JsonSchema>;
  views: ReadonlyMap<TProperties, AnyView>;
};

function operation(route: Route, setting: Setting): JsonSchema {
  const parameters: JsonSchema[] = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = (route.query as { parameters?: readonly QueryParameter[] } | undefined)?.parameters ?? [];
  for (const { name, description, schema } of asked) parameters.push(query(name, description, schema));
  parameters.push(...(route.method === 'get' ? [AFTER] : COMMAND_HEADERS));
  const body = bodyOf(route, setting.schemas);
  return {
    operationId: `${route.service}.${route.method}${route.path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [route.service],
    summary: sentence(route.name),
    parameters,
    ...(route.method === 'post' && route.path.endsWith('/imports') ? { requestBody: UPLOAD } : {}),
    ...(body ? { requestBody: { content: { 'application/json': { schema: body } } } } : {}),
    responses: { ...answers(route, setting), ...problems(route) },
  };
}

function bodyOf(route: Route, schemas: Record<string, JsonSchema>): JsonSchema | undefined {
  if (route.path.endsWith('/bulk')) return { type: 'array', minItems: 1, maxItems: 1000, items: formSchema(BulkItem, 'service', schemas) };
  return route.form ? formSchema(route.form, route.service, schemas) : undefined;
}

function answers(route: Route, setting: Setting): Record<string, JsonSchema> {
  const answer = answerOf(route, setting);
  const schema = answer && (described(answer, setting.views, setting.schemas) as JsonSchema);
  if (route.path.endsWith('/export') || route.path.endsWith('/rejected'))
    return { 200: { description: 'The list as CSV.', content: { 'text/csv': { schema: { type: 'string' } } } } };
  if (route.method !== 'get') {
    const created =
      route.status === 201 || (route.method === 'post' && !schema && route.status === 200 && route.form && isCollection(route));
    const accepted = { $ref: '#/components/schemas/Accepted' };
    const description = schema ? 'Done.' : 'Done: the record as it is now.';
    return { [created ? 201 : route.status]: { description, content: { 'application/json': { schema: schema ?? accepted } } } };
  }
  const listed = route.query === ListQuery || route.query === HistoryQuery;
  return {
    200: {
      description: listed ? 'A page; Rapport-Next names the next.' : 'As it is now.',
      content: { 'application/json': { schema: schema ?? {} } },
    },
  };
}

/** An address whose post makes a record. */
const isCollection = ({ path }: Route) => !path.includes('{') && !path.startsWith('/services');

/** What an address answers: as the module says, else as every service's does, else the resource's own view for its list and its single record. */
function answerOf(route: Route, { parts, said }: Setting): TSchema | undefined {
  const listed = (shape: TSchema) => (route.query === ListQuery ? List(shape) : shape);
  const own = said[`${route.method.toUpperCase()} ${route.path}`];
  if (own) return 'shape' in own ? listed(own.shape as TSchema) : (own as TSchema);
  const general = generalAnswer(route);
  if (general || route.method !== 'get' || !parts) return general;
  if (route.path !== `/${route.resource}` && route.path !== `/${route.resource}/{id}`) return undefined;
  const view = listedView(parts, route.resource);
  return view && listed(view.shape);
}

function problems(route: Route): Record<string, JsonSchema> {
  const codes = route.method === 'get' ? [400, 401, 403, 404, 503] : [400, 401, 403, 404, 409, 412, 413, 415, 422, 503];
  return Object.fromEntries(
    codes.map((code) => [
      code,
      { description: PROBLEMS[code]!, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  );
}

const sentence = (name: string) => {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function header(name: string, description: string): JsonSchema {
  return { name, in: 'header', description, schema: { type: 'string' } };
}
function query(name: string, description: string, schema: JsonSchema = { type: 'string' }): JsonSchema {
  return { name, in: 'query', description, schema };
}

const UPLOAD: JsonSchema = { required: true, content: { 'text/csv': { schema: { type: 'string', description: 'The file itself.' } } } };
const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457, with a stable code.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'problem'],
        properties: { field: { type: 'string' }, problem: { type: 'string' }, hint: { type: 'string' } },
      },
    },
  },
};
const ACCEPTED: JsonSchema = {
  type: 'object',
  description: 'The record’s new state, with its id and revision.',
  required: ['id', 'revision'],
  properties: { id: { type: 'string' }, revision: { type: 'integer' } },
  additionalProperties: true,
};
