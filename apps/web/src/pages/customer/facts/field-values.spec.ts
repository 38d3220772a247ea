import type { HistoryItem } from '../kinds.ts';
import { valuesOf } from './field-values.ts';

let revision = 0;
const event = (act: string, at: string, data: object): HistoryItem => {
  revision++;
  const when = `${at}T09:00:00.000Z`;
  const ids = { id: `e${revision}`, actor: 'ann', correlation: 'c', causation: 'c' };
  return {
    ...ids,
    type: `contacts.contact.${act}`,
    record: 'contacts.contact/1',
    revision,
    at: when,
    recordedAt: when,
    data: data as Record<string, unknown>,
  };
};
const told = (...args: Parameters<typeof valuesOf>) =>
  valuesOf(...args).map(({ value, item, member }) => [value, item.at.slice(0, 10), ...(member ? [member] : [])]);
const created = event('created', '2017-01-01', { name: 'Ada', jobTitle: 'Buyer' });

it('tells every value a field ever had, newest first, and nothing of other fields', () => {
  const history = [
    created,
    event('changed', '2017-02-01', { source: { to: 'Fair' } }),
    event('changed', '2017-03-01', { jobTitle: { from: 'Buyer', to: 'Head' } }),
    event('changed', '2017-04-01', { jobTitle: { from: 'Head' } }),
  ];
  expect(told('jobTitle', history, new Map())).toEqual([
    [undefined, '2017-04-01'],
    ['Head', '2017-03-01'],
    ['Buyer', '2017-01-01'],
  ]);
  expect(told('source', history, new Map())).toEqual([
    ['Fair', '2017-02-01'],
    [undefined, '2017-01-01'],
  ]);
});

it('tells of one of the tenant’s own fields by itself', () => {
  const history = [
    created,
    event('changed', '2017-02-01', { custom: { to: { size: 3 } } }),
    event('changed', '2017-03-01', { custom: { from: { size: 3 }, to: { size: 4 } } }),
  ];
  expect(told('custom.size', history, new Map()).map(([value]) => value)).toEqual([4, 3, undefined]);
});

describe('of a merged customer', () => {
  const members = new Map([['b', [event('created', '2017-01-05', { name: 'A.', jobTitle: 'Chief' })]]]);
  const merged = event('merged', '2017-02-01', { absorbedId: 'b', members: ['b'], chosen: [{ field: 'jobTitle', memberId: 'b' }] });
  const unmerged = event('unmerged', '2017-05-01', { releasedId: 'b', members: ['b'] });

  it('the chosen member’s value counts until somebody writes another, or they are taken apart', () => {
    expect(told('jobTitle', [created, merged, unmerged], members)).toEqual([
      ['Buyer', '2017-05-01'],
      ['Chief', '2017-02-01', 'b'],
      ['Buyer', '2017-01-01'],
    ]);
    const written = event('changed', '2017-03-01', { jobTitle: { from: 'Buyer', to: 'Head' } });
    expect(told('jobTitle', [created, merged, written, unmerged], members)).toEqual([
      ['Head', '2017-03-01'],
      ['Chief', '2017-02-01', 'b'],
      ['Buyer', '2017-01-01'],
    ]);
  });

  it('what was not chosen stays the survivor’s', () => {
    expect(told('name', [created, merged], members)).toEqual([['Ada', '2017-01-01']]);
  });
});
