import { readdirSync } from 'node:fs';
import { changesOf, listChange } from './differences.ts';
import { GROUPS, lookOf, typesOf } from './events.ts';

/** Every event of every service has a golden fixture. */
const TYPES = [
  ...new Set(readdirSync(new URL('../../../../../libs/events/fixtures', import.meta.url)).map((file) => file.replace(/\.v\d+\.json$/, ''))),
];

it('tells field by field what an event changed', () => {
  const data = { jobTitle: { from: 'Buyer', to: 'Head' }, sector: { to: 'retail' }, sectorTyped: { to: 'Retial' } };
  expect(changesOf({ type: 'contacts.account.changed', data })).toEqual([
    { field: 'jobTitle', from: 'Buyer', to: 'Head' },
    { field: 'sector', from: undefined, to: 'retail' },
  ]);
  expect(changesOf({ type: 'contacts.contact.created', data: { name: 'Ada' } })).toEqual([]);
});

it('tells of own fields one by one', () => {
  const data = { custom: { from: { size: 1, colour: 'red' }, to: { size: 2, colour: 'red', shape: 'round' } } };
  expect(changesOf({ type: 'contacts.contact.changed', data })).toEqual([
    { field: 'custom.size', from: 1, to: 2 },
    { field: 'custom.shape', from: undefined, to: 'round' },
  ]);
});

it('an activity names its contact in every change, which is none; a deal that names another has changed', () => {
  const contactId = { from: 'a', to: 'b' };
  expect(changesOf({ type: 'contacts.activity.changed', data: { contactId: 'a', dueAt: { to: 'x' } } })).toEqual([
    { field: 'dueAt', from: undefined, to: 'x' },
  ]);
  expect(changesOf({ type: 'sales.opportunity.changed', data: { contactId } })).toEqual([{ field: 'contactId', ...contactId }]);
});

it('tells what a list lost and got', () => {
  expect(listChange(['a', 'b'], ['b', 'c'])).toEqual({ gone: ['a'], come: ['c'] });
  expect(listChange(undefined, [{ x: 1 }])).toEqual({ gone: [], come: [{ x: 1 }] });
});

it('knows every event that can touch a customer, each in one group', () => {
  const touching = TYPES.filter((type) => /^(contacts\.(contact|account|activity)|sales\.opportunity)\./.test(type));
  expect(touching.filter((type) => lookOf(type).icon === 'dashed')).toEqual([]);
  expect(GROUPS.flatMap(typesOf).sort()).toEqual(touching.sort());
});
