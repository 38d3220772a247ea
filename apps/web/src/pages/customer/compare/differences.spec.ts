import type { Deal, HistoryItem, Whole } from '../kinds.ts';
import { changerOf, differencesOf } from './differences.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const deal = (id: string, status: Deal['status'], changedAt: string): Deal =>
  ({ id, name: `Deal ${id}`, status, stageId: status, changedAt, ownerId: 'ann', openedOn: '2017-01-01', lines: [] }) as unknown as Deal;
const whole = (profile: object, deals: Deal[], sums: object): Whole =>
  ({
    profile,
    members: [],
    deals: { open: 0, openValue: [], won: 0, wonValue: [], lost: 0, items: deals, more: 0, ...sums },
  }) as unknown as Whole;

const april = whole(
  { jobTitle: 'Buyer', source: 'Fair', custom: { size: 1 } },
  [deal('1', 'won', '2017-03-01'), deal('2', 'open', '2017-04-01')],
  {
    won: 1,
    wonValue: [usd('100')],
    open: 1,
  },
);
const september = whole(
  { jobTitle: 'Head', source: 'Fair', custom: { size: 2 } },
  [deal('1', 'won', '2017-03-01'), deal('2', 'lost', '2017-08-01'), deal('3', 'open', '2017-09-01')],
  { won: 1, wonValue: [usd('100')], open: 1, lost: 1 },
);
const FIELDS = ['jobTitle', 'source', 'language', 'custom.size'];

it('tells figures, fields and deals that differ, and folds what stayed', () => {
  const { figures, fields, same, deals } = differencesOf(FIELDS, april, september, { a: 4, b: 9 });
  expect(figures.map(({ key, by }) => [key, by])).toEqual([
    ['lost', 1],
    ['entries', 5],
  ]);
  expect(fields).toEqual([
    { field: 'jobTitle', a: 'Buyer', b: 'Head' },
    { field: 'custom.size', a: 1, b: 2 },
  ]);
  expect(same.map(({ field }) => field)).toEqual(['source']);
  expect(deals.map(({ id, a, b }) => [id, a?.status, b?.status])).toEqual([
    ['3', undefined, 'open'],
    ['2', 'open', 'lost'],
  ]);
});

it('only of what was won it is plain that more is better', () => {
  const grown = { ...september, deals: { ...september.deals!, won: 3, wonValue: [usd('250.50')], openValue: [usd('9')] } };
  const { figures } = differencesOf([], april, grown, { a: 1, b: 1 });
  expect(figures.filter(({ more }) => more).map(({ key, by }) => [key, by])).toEqual([
    ['wonValue', usd('150.50')],
    ['won', 2],
  ]);
});

it('compares with a moment at which there was no such customer yet', () => {
  const { fields, deals } = differencesOf(FIELDS, undefined, april, { a: 0, b: 4 });
  expect(fields.every(({ a }) => a === undefined)).toBe(true);
  expect(deals.map(({ a }) => a)).toEqual([undefined, undefined]);
});

it('finds what changed a field last between the two', () => {
  const event = (id: string, at: string, data: object) =>
    ({ id, type: 'contacts.contact.changed', at: `${at}T00:00:00.000Z`, data }) as HistoryItem;
  const merged = { ...event('0', '2017-04-20', { chosen: [{ field: 'source' }] }), type: 'contacts.contact.merged' };
  const history = [
    merged,
    event('1', '2017-05-01', { jobTitle: {} }),
    event('2', '2017-06-01', { jobTitle: {} }),
    event('3', '2017-11-01', { jobTitle: {} }),
  ];
  const between = [Date.parse('2017-04-14'), Date.parse('2017-09-30')] as const;
  expect(changerOf('jobTitle', history, ...between)?.id).toBe('2');
  expect(changerOf('source', history, ...between)?.id).toBe('0');
  expect(changerOf('language', history, ...between)).toBeUndefined();
});
