import type { Outline } from '../kinds.ts';
import { apart, turningPoints } from './turning-points.ts';

const ME = 'contacts.contact/1';
const entry = (type: string, at: string, record = ME): Outline => ({ type, record, revision: 1, at: `${at}T00:00:00.000Z`, actor: 'ann' });

it('marks when a customer came, its first deals, and its merges; nobody else’s', () => {
  const entries = [
    entry('contacts.contact.merged', '2017-06-01'),
    entry('sales.opportunity.won', '2017-05-01', 'sales.opportunity/2'),
    entry('contacts.contact.absorbed', '2017-06-01', 'contacts.contact/9'),
    entry('sales.opportunity.won', '2017-04-01', 'sales.opportunity/1'),
    entry('sales.opportunity.opened', '2017-03-01', 'sales.opportunity/1'),
    entry('contacts.contact.changed', '2017-02-01'),
    entry('contacts.contact.created', '2017-01-15', 'contacts.contact/9'),
    entry('contacts.contact.created', '2017-01-01'),
  ];
  expect(turningPoints(entries, ME).map(({ turn }) => turn)).toEqual(['created', 'firstDeal', 'firstWon', 'merged']);
  expect(turningPoints([entry('contacts.account.created', '2017-01-01', 'contacts.account/1')], 'contacts.account/1')[0]?.icon).toBe(
    'building',
  );
});

it('keeps points apart', () => {
  expect(apart([{ place: 0.1 }, { place: 0.11 }, { place: 0.2 }], 0.05)).toEqual([{ place: 0.1 }, { place: 0.2 }]);
});
