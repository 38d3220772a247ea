import { formOf, toldIn } from './catalogue-query.ts';

it('knows a type’s service and the version of its schema', () =>
  expect(
    toldIn({
      components: { messages: { 'sales.opportunity.won': { payload: { $id: '/api/events/schemas/sales.opportunity.won/2.json' } } } },
    }),
  ).toEqual([expect.objectContaining({ type: 'sales.opportunity.won', service: 'sales', version: '2' })]));

it.each([
  [{ type: 'string' }, 'string'],
  [{ enum: ['work', 'home'] }, 'work | home'],
  [{ type: 'array', items: { type: 'object', properties: { type: {}, address: {} } } }, '[{ type, address }]'],
  [{ type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` }, 'date'],
  [{ type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$` }, 'date-time'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
])('says a field’s form in a few signs: %j', (schema, form) => expect(formOf(schema)).toBe(form));
