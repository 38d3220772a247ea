import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedDocument } from '#apps/all-in-one';
import { FIELDS_FILE, fieldsFile, SCHEMA_FILE, schemaFile } from './api-types.mjs';
import { root } from './files.ts';

const committed = (file: string) => readFileSync(join(root, file), 'utf8');

it('the pages’ types are those of the document that is served; else: node tools/api-types.mjs', async () => {
  const document = await servedDocument();
  expect((await schemaFile(document)) === committed(SCHEMA_FILE)).toBe(true);
  expect((await fieldsFile(document)) === committed(FIELDS_FILE)).toBe(true);
});

describe('types of a document', () => {
  const typesOf = async (schemas: object, paths: object = {}) =>
    (await schemaFile({ components: { schemas }, paths })).replaceAll(/\s+/g, ' ');

  it('are what its schemas say: optional members, lists, choices, references, bags', async () => {
    const cart = {
      type: 'object',
      required: ['name', 'size'],
      properties: {
        name: { type: 'string' },
        size: { enum: ['s', 'l'] },
        wheels: { type: 'array', items: { $ref: '#/components/schemas/Wheel' } },
        notes: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
      },
    };
    expect(await typesOf({ Cart: cart, Wheel: { type: 'object', properties: {} } })).toContain(
      `Cart: { name: string; size: 's' | 'l'; wheels?: Schemas['Wheel'][]; notes?: Record<string, string | null> }; Wheel: Record<string, never>;`,
    );
  });

  it('let a change clear what it may leave out', async () => {
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Cart' } } };
    const patch = { parameters: [], requestBody: { content }, responses: { 200: { content } } };
    const text = await typesOf({ Cart: { type: 'object', properties: { name: { type: 'string' } } } }, { '/api/v1/carts/{id}': { patch } });
    expect(text).toContain(`'/carts/{id}': { patch: { body: Changes<Schemas['Cart']>; answer: Schemas['Cart'] } };`);
  });
});
