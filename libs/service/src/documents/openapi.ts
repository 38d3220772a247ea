import type { Type } from '@nestjs/common';
import type { AnyView } from '#model';
import { HistoryQuery } from '../history-query.ts';
import { ListQuery } from '../list-query.ts';
import { listedView, type NamedParts } from '../contents.ts';
import { partsOf } from '../parts.ts';
import { BulkItem } from '../controllers/bulk.ts';
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
const LIST_PARAMETERS = [
  query('filter', 'What to keep, as an expression over indexed fields.'),
  query('sort', 'Fields to sort by, `-` before those that fall: `-value,name`.'),
  query('search', 'Text; every word of it must begin a word of the record.'),
  query('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
  query('cursor', 'The Rapport-Next of the page before.'),
  query('fields', 'Which fields to show: `id,name`.'),
  query('count', 'Whether to say in Rapport-Count how many there are.', { type: 'boolean' }),
  query('removed', 'The recycle list instead of the present one.', { type: 'boolean' }),
];
const HISTORY_PARAMETERS = [
  query('types', 'Only these event types.'),
  query('actor', 'Only what this user did.'),
  query('from', 'From this day or time.'),
  query('to', 'Up to this day or time.'),
  LIST_PARAMETERS[3]!,
  LIST_PARAMETERS[4]!,
];

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

/** OpenAPI 3.1 of these services: requests from the forms' rules, answers from the views' shapes. */
export function openApi(modules: readonly Type[], further: readonly { service: string; controllers: readonly Type[] }[] = []): JsonSchema {
  const schemas: Record<string, JsonSchema> = { Problem: PROBLEM, Accepted: ACCEPTED };
  const parts = new Map(modules.map((module) => [partsOf(module).service, partsOf(module)]));
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routesOf(modules, further))
    (paths[`/api/v1${route.path}`] ??= {})[route.method] = operation(route, parts.get(route.service), schemas);
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

function operation(route: Route, parts: NamedParts | undefined, schemas: Record<string, JsonSchema>): JsonSchema {
  const parameters: JsonSchema[] = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (route.query === ListQuery) parameters.push(...LIST_PARAMETERS);
  if (route.query === HistoryQuery) parameters.push(...HISTORY_PARAMETERS);
  parameters.push(...(route.method === 'get' ? [AFTER] : COMMAND_HEADERS));
  const body = bodyOf(route, schemas);
  return {
    operationId: `${route.service}.${route.method}${route.path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [route.service],
    summary: sentence(route.name),
    parameters,
    ...(route.method === 'post' && route.path.endsWith('/imports') ? { requestBody: UPLOAD } : {}),
    ...(body ? { requestBody: { content: { 'application/json': { schema: body } } } } : {}),
    responses: { ...answers(route, parts, schemas), ...problems(route) },
  };
}

function bodyOf(route: Route, schemas: Record<string, JsonSchema>): JsonSchema | undefined {
  if (route.path.endsWith('/bulk')) return { type: 'array', minItems: 1, maxItems: 1000, items: formSchema(BulkItem, 'service', schemas) };
  return route.form ? formSchema(route.form, route.service, schemas) : undefined;
}

function answers(route: Route, parts: NamedParts | undefined, schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  if (route.method !== 'get') {
    const created = route.status === 200 && route.form && !route.path.includes('{') && !route.path.startsWith('/services');
    const schema = { $ref: '#/components/schemas/Accepted' };
    return {
      [created ? 201 : route.status]: { description: 'Done: the record as it is now.', content: { 'application/json': { schema } } },
    };
  }
  if (route.path.endsWith('/export'))
    return { 200: { description: 'The list as CSV.', content: { 'text/csv': { schema: { type: 'string' } } } } };
  const view = shownBy(route, parts);
  const schema = view && shapeOf(view, schemas);
  const listed = route.query === ListQuery || route.query === HistoryQuery;
  return {
    200: {
      description: listed ? 'A page; Rapport-Next names the next.' : 'As it is now.',
      content: { 'application/json': { schema: listed ? { type: 'array', items: schema ?? {} } : (schema ?? {}) } },
    },
  };
}

/** Which view an address shows: as the module says, else the resource's own for its list and its single record. */
function shownBy(route: Route, parts: NamedParts | undefined): AnyView | undefined {
  const said = parts?.answers?.[`GET ${route.path}`];
  if (said) return said;
  return parts && (route.path === `/${route.resource}` || route.path === `/${route.resource}/{id}`)
    ? listedView(parts, route.resource)
    : undefined;
}

function shapeOf(view: AnyView, schemas: Record<string, JsonSchema>): JsonSchema {
  const name = `view.${view.name}`;
  if (!schemas[name]) {
    const shape = JSON.parse(JSON.stringify(view.shape)) as JsonSchema & { properties: JsonSchema; required?: string[] };
    for (const field of view.how.inner ?? []) delete shape.properties[field];
    schemas[name] = { ...shape, ...(shape.required ? { required: shape.required.filter((field) => field in shape.properties) } : {}) };
  }
  return { $ref: `#/components/schemas/${name}` };
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
