import { dealAt, lastTalked, profileAt, sketch, totalsOf, winRate } from './sketch.ts';
import type { Activity, Deal, HistoryItem, Whole } from './kinds.ts';

const event = (revision: number, act: string, at: string, data: object): HistoryItem => ({
  id: `e${revision}`,
  type: `contacts.contact.${act}`,
  record: 'contacts.contact/1',
  revision,
  at,
  recordedAt: at,
  actor: 'ann',
  correlation: 'c',
  causation: 'c',
  data: data as Record<string, unknown>,
});
const HISTORY = [
  event(1, 'created', '2017-01-01T09:00:00.000Z', { name: 'Ada', jobTitle: 'Buyer', tags: [] }),
  event(2, 'changed', '2017-05-01T09:00:00.000Z', { jobTitle: { from: 'Buyer', to: 'Head' }, tags: { from: [], to: ['vip'] } }),
  event(3, 'changed', '2017-03-01T09:00:00.000Z', { source: { to: 'Fair' } }),
  event(4, 'changed', '2017-06-01T09:00:00.000Z', { source: { from: 'Fair' } }),
];
const at = (day: string) => Date.parse(`${day}T23:59:59.999Z`);
const deal = (more: Partial<Deal>): Deal => ({
  id: 'd',
  name: 'GTX',
  ownerId: 'ann',
  stageId: 's',
  status: 'open',
  open: true,
  lines: [],
  openedOn: '2017-02-01',
  changedAt: '2017-02-01T00:00:00.000Z',
  ...more,
});
const usd = (amount: string) => ({ amount, currency: 'USD' });
const won = deal({ id: 'w', status: 'won', open: false, closedOn: '2017-03-15', worth: usd('100.50'), wonValue: usd('100.50') });

it('tells what fields were, also where something was put in later that had happened before', () => {
  expect(profileAt(HISTORY, at('2016-12-31'))).toBeUndefined();
  expect(profileAt(HISTORY, at('2017-01-02'))).toEqual({ name: 'Ada', jobTitle: 'Buyer', tags: [] });
  expect(profileAt(HISTORY, at('2017-04-01'))).toEqual({ name: 'Ada', jobTitle: 'Buyer', tags: [], source: 'Fair' });
  expect(profileAt(HISTORY, at('2017-12-31'))).toEqual({ name: 'Ada', jobTitle: 'Head', tags: ['vip'] });
});

it('tells how a deal stood on a day', () => {
  expect(dealAt(won, '2017-01-31')).toBeUndefined();
  expect(dealAt(won, '2017-03-14')).toMatchObject({ status: 'open', worth: usd('100.50') });
  expect(dealAt(won, '2017-03-14')).not.toHaveProperty('closedOn');
  expect(dealAt(won, '2017-03-15')).toBe(won);
});

it('adds deals up as the server does', () => {
  const lost = deal({ status: 'lost', closedOn: '2017-04-01' });
  expect(totalsOf([won, won, lost, deal({ worth: usd('7') })])).toEqual({
    open: 1,
    openValue: [usd('7')],
    won: 2,
    wonValue: [usd('201.00')],
    lost: 1,
    lastClosedOn: '2017-04-01',
  });
  expect([winRate({ won: 0, lost: 0 }), winRate({ won: 1, lost: 3 })]).toEqual([undefined, 25]);
});

it('follows the line with what is loaded', () => {
  const now = {
    profile: { id: '1', name: 'Ada', jobTitle: 'Head', members: ['2'] },
    members: ['1'],
    deals: { ...totalsOf([won]), items: [won], more: 0 },
    activities: { items: [{ id: 'a', kind: 'call', at: '2017-02-02T00:00:00.000Z' }], more: 0 },
    nextStep: null,
    timeline: HISTORY,
  } as unknown as Whole;
  const then = sketch(now, HISTORY, at('2017-02-10'), '2017-02-10');
  expect(then.profile).toMatchObject({ id: '1', jobTitle: 'Buyer', emails: [], members: ['2'] });
  expect([then.deals?.open, then.deals?.won, then.activities.items.length, then.timeline.length]).toEqual([1, 0, 1, 1]);
  expect(sketch(now, undefined, at('2017-02-10'), '2017-02-10').profile).toMatchObject({ jobTitle: 'Head' });
});

it('knows who talked last: notes and tasks are no talk', () => {
  const said = (kind: Activity['kind'], when: string) => ({ kind, at: when }) as Activity;
  expect(lastTalked([said('call', '2017-01-01'), said('message', '2017-02-01'), said('note', '2017-03-01')])?.kind).toBe('message');
  expect(lastTalked([said('task', '2017-01-01')])).toBeUndefined();
});
