import type { Type } from '@nestjs/common';
import { Answer, Flag, List, OneOf, shown, Text, type AnyView, type TSchema } from '#model';
import { batchOf, Finding, HistoryItem, ImportPage, ParkedEvent, ProjectionStatus, Undone } from '#runtime';
import { CloudEvent } from '../controllers/cloud-event.ts';
import { Certificate, ErasureAnswer } from '../erasures.ts';
import { AuditQuery, HistoryQuery } from '../history-query.ts';
import { ListQuery } from '../list-query.ts';
import { listedView, type NamedParts, type Parts } from '../contents.ts';
import { partsOf } from '../parts.ts';
import { BulkAnswer, BulkItem } from '../controllers/bulk.ts';
import { UnsealedAnswer } from '../controllers/unseal.ts';
import { formSchema, type JsonSchema } from './forms.ts';
import { parametersOf } from './parameters.ts';
import { routesOf, type Route } from './routes.ts';

/** Headers any command takes. */
const COMMAND_HEADERS = [
  header('Idempotency-Key', 'Sent again with the same key, a command is done once and answers as before.'),
  header('If-Match', 'The revision the command is meant for, in quotes; another one answers 412.'),
  header('Rapport-Occurred-At', 'When it happened, if not now: RFC 3339 with its offset.'),
  header('Rapport-Correlation', 'A UUID that binds several commands together, so that they can be found and undone as one.'),
];
const AS = header('Rapport-As', 'The id of a user whose view of things is wanted; for whoever manages the workspace.');
const AFTER = header('Rapport-After', 'The Rapport-Position of an earlier answer: the read waits until it has seen it.');
const PROBLEMS: Record<number, string> = {
  400: 'The request does not validate; `fields` names what, and what would be right.',
  401: 'No valid token.',
  403: 'Not allowed; `rule` says by which rule.',
  404: 'No such record, or not visible to the caller.',
  409: 'Refused by the business rules, under a stable `code`.',
  412: 'The record is at another revision; read after `Rapport-Position`, it is as it is now.',
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
  const said = Object.assign({}, ...[...parts.values(), ...further].map(({ answers: own }) => own)) as NonNullable<Parts['answers']>;
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routesOf(modules, further))
    (paths[`/api/v1${route.path}`] ??= {})[route.method] = operation(route, { parts: parts.get(route.service), said, schemas });
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
  /** Collects what is referred to. */
  schemas: Record<string, JsonSchema>;
};

function operation(route: Route, setting: Setting): JsonSchema {
  const parameters: JsonSchema[] = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  parameters.push(...parametersOf(route.query).map((one) => ({ ...one, in: 'query' })));
  parameters.push(...(route.method === 'get' ? [AFTER, AS] : COMMAND_HEADERS));
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
  const { schemas } = setting;
  const answer = shownBy(route, setting);
  const content = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });
  if (route.path.endsWith('/export') || route.path.endsWith('/rejected'))
    return { 200: { description: 'Rows as CSV.', content: { 'text/csv': { schema: { type: 'string' } } } } };
  if (route.method !== 'get') {
    const created =
      route.method === 'post' &&
      !answer &&
      route.status === 200 &&
      route.form &&
      !route.path.includes('{') &&
      !route.path.startsWith('/services');
    const schema = answer ? hoisted(answer, schemas) : { $ref: '#/components/schemas/Accepted' };
    return { [created ? 201 : route.status]: { description: answer ? 'Done.' : 'Done: the record as it is now.', ...content(schema) } };
  }
  const one = answer ? hoisted(answer, schemas) : {};
  const listed = LISTED.includes(route.query);
  return {
    200: {
      description: listed ? 'A page; Rapport-Next names the next.' : 'As it is now.',
      ...content(listed ? { type: 'array', items: one } : one),
    },
  };
}

/** Query strings of addresses that answer a list of what their view shows. */
const LISTED: (Type | undefined)[] = [ListQuery, HistoryQuery, AuditQuery];

/** What an address answers: as the module says, else as the kit's own controllers do, else the resource's view for its list and its single record. */
function shownBy(route: Route, { parts, said }: Setting): TSchema | undefined {
  const address = `${route.method.toUpperCase()} ${route.path}`;
  const own = said[address];
  if (own) return 'shape' in own ? shown(own as AnyView) : own;
  const generic = GENERIC.find(([pattern]) => pattern.test(address))?.[1];
  if (generic) return typeof generic === 'function' ? generic(route) : generic;
  const listed = parts && route.method === 'get' && (route.path === `/${route.resource}` || route.path === `/${route.resource}/{id}`);
  const view = listed ? listedView(parts, route.resource) : undefined;
  return view && shown(view);
}

/** What the controllers of this kit answer, whatever the service. */
const GENERIC: [RegExp, TSchema | ((route: Route) => TSchema)][] = [
  [/^GET .*\/(history|timeline|audit)$/, HistoryItem],
  [/^POST .*\/bulk$/, List(BulkAnswer)],
  [/^GET .*\/imports$/, ({ service }) => shown(batchOf(service).row)],
  [/^GET .*\/imports\/\{id\}$/, ImportPage],
  [/^GET .*\/findings$/, List(Finding)],
  [/^POST .*\/undo$/, Undone],
  [/^POST .*\/unseal$/, UnsealedAnswer],
  [/^GET .*\/projections$/, List(ProjectionStatus)],
  [/^GET .*\/projections\/parked$/, List(ParkedEvent)],
  [/^POST .*\/rebuild$/, Answer('Rebuilding', { view: Text, state: OneOf('rebuilding') })],
  [/^POST .*\/parked\/(retry|skip)$/, Answer('Freed', { free: Flag })],
  [/^GET \/services\/\w+\/events$/, List(CloudEvent)],
  [/^POST .*\/erase$/, ErasureAnswer],
  [/^GET .*\/erasure$/, Certificate],
];

/** The schema with every titled part of it among the components, referred to by its title. */
function hoisted(schema: TSchema, schemas: Record<string, JsonSchema>): JsonSchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    const plain = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]));
    const { title, type } = plain;
    if (typeof title !== 'string' || type !== 'object') return plain;
    schemas[title] = plain;
    return { $ref: `#/components/schemas/${title}` };
  };
  return walk(JSON.parse(JSON.stringify(schema))) as JsonSchema;
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
