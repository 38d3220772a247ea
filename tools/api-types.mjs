// Writes the pages' types and field lists from the OpenAPI document that the server serves: apps/web/src/api/schema.ts and fields.ts.
//   node tools/api-types.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { root } from './node.mjs';

const HEAD = '// Made by `node tools/api-types.mjs` from the served OpenAPI document; changes here are lost.\n';
const PREFIX = '/api/v1';
export const SCHEMA_FILE = 'apps/web/src/api/schema.ts';
export const FIELDS_FILE = 'apps/web/src/api/fields.ts';

/**
 * TypeScript of a document: an interface of its schemas by name, and one of its addresses with what they are asked and answer.
 *
 * @param {any} document OpenAPI 3.1, with what libs/service/src/documents makes of JSON Schema
 * @returns {Promise<string>}
 */
export async function schemaFile({ components, paths }) {
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `${JSON.stringify(name)}: ${typeOf(schema)};`);
  const addresses = Object.entries(paths).map(
    ([path, methods]) => `${JSON.stringify(path.slice(PREFIX.length))}: { ${Object.entries(methods).map(operation).join(' ')} };`,
  );
  return pretty(
    `${HEAD}\n/** The body of a change: what is absent is kept, null clears. */\ntype Changes<T> = { [K in keyof T]?: T[K] | null };\n\n/** What is sent and answered, by name. */\nexport interface Schemas {\n${schemas.join('\n')}\n}\n\n` +
      `/** Every address under \`${PREFIX}\`, by method: its query, its body, its answer. */\nexport interface Paths {\n${addresses.join('\n')}\n}\n`,
  );
}

/**
 * The services whose views can be asked for, and what lists can show, filter, sort and search by: a constant per view.
 *
 * @param {any} document
 * @returns {Promise<string>}
 */
export async function fieldsFile({ components, paths }) {
  const services = Object.keys(paths).flatMap((path) => /\/services\/(\w+)\/projections$/.exec(path)?.[1] ?? []);
  const views = Object.entries(components.schemas)
    .filter(([, schema]) => schema['x-filter'])
    .map(([name, schema]) => {
      const fields = Object.entries(schema.properties).map(([field, of]) => {
        const asked = schema['x-filter'].includes(field) ? { filter: true } : {};
        return `${JSON.stringify(field)}: ${JSON.stringify({ ...kindOfField(of), ...asked })}`;
      });
      const constant = name.replace(/^view\./, '').replaceAll(/[.-](\w)/g, (_, letter) => letter.toUpperCase());
      return `export const ${constant} = { search: ${schema['x-search'] === true}, fields: { ${fields.join(', ')} } } as const satisfies View;`;
    });
  return pretty(
    `${HEAD}import type { View } from './field-kinds.ts';\n\nexport const SERVICES = ${JSON.stringify(services)} as const;\n\n${views.join('\n\n')}\n`,
  );
}

function operation([method, { parameters, requestBody, responses }]) {
  const query = parameters.filter((one) => one.in === 'query');
  const body = Object.entries(requestBody?.content ?? {})[0];
  const answer = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content;
  const members = [
    query.length > 0 ? `query: { ${query.map(({ name, schema }) => `${JSON.stringify(name)}?: ${typeOf(schema)};`).join(' ')} };` : '',
    body ? `body: ${bodyType(method, body)};` : '',
    `answer: ${answer ? typeOf(Object.values(answer)[0].schema) : 'undefined'};`,
  ];
  return `${method}: { ${members.join(' ')} };`;
}

function bodyType(method, [type, { schema }]) {
  if (type !== 'application/json') return 'Blob | string';
  return method === 'patch' ? `Changes<${typeOf(schema)}>` : typeOf(schema);
}

/** The type of a value that fits a schema. */
function typeOf(schema) {
  if (schema.$ref) return `Schemas[${JSON.stringify(schema.$ref.slice('#/components/schemas/'.length))}]`;
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.allOf) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map((one) => `(${typeOf(one)})`).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties, patternProperties }) {
  const members = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  );
  const others = patternProperties ? Object.values(patternProperties)[0] : additionalProperties;
  const rest = others === true ? 'unknown' : others && typeof others === 'object' ? typeOf(others) : undefined;
  // Members that are named beside others that are not: the index has to allow both.
  if (rest) return members.length > 0 ? `{ ${members.join(' ')} [name: string]: unknown; }` : `Record<string, ${rest}>`;
  return members.length > 0 ? `{ ${members.join(' ')} }` : 'Record<string, never>';
}

/** What a field holds, as field-kinds.ts names it. */
function kindOfField(schema) {
  if (schema.ref) return { kind: 'ref', of: schema.ref };
  if (schema.enum) return { kind: 'choice', options: schema.enum };
  if (schema.type === 'boolean') return { kind: 'flag' };
  if (schema.type === 'integer' || schema.type === 'number') return { kind: 'number' };
  if (schema.type === 'string') {
    if (schema.pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}T')) return { kind: 'instant' };
    if (schema.pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}')) return { kind: 'day' };
    return { kind: 'text', ...(schema.examples ? { usual: schema.examples } : {}) };
  }
  if (schema.type === 'array') {
    if (schema.items.ref) return { kind: 'refs', of: schema.items.ref };
    if (schema.items.type === 'string') return { kind: 'tags' };
    return schema.items.properties?.currency ? { kind: 'sums' } : { kind: 'list' };
  }
  return schema.properties?.currency && schema.properties.amount ? { kind: 'money' } : { kind: 'bag' };
}

const pretty = async (text) => format(text, { ...(await resolveConfig(join(root, SCHEMA_FILE))), parser: 'typescript' });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { build } = await import('./build.mjs');
  const { errors } = await build();
  for (const error of errors) console.error(error);
  const { servedDocument } = await import(pathToFileURL(join(root, 'dist/apps/all-in-one/src/index.js')).href);
  const document = await servedDocument();
  writeFileSync(join(root, SCHEMA_FILE), await schemaFile(document));
  writeFileSync(join(root, FIELDS_FILE), await fieldsFile(document));
  process.exit(0);
}
