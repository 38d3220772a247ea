import { countsOf, inFilter, monthsOf } from './months.ts';

const happened = (type: string, at: string) => ({ type, at });
const items = [
  happened('sales.opportunity.won', '2017-07-01T00:30:00.000Z'),
  happened('contacts.activity.recorded', '2017-06-30T22:30:00.000Z'),
  happened('contacts.contact.changed', '2017-06-02T09:00:00.000Z'),
  happened('support.ticket.opened', '2017-05-31T21:30:00.000Z'),
];

it('puts what happened under its month, where whoever looks is', () => {
  const months = (zone: string) => monthsOf(items, zone).map(({ month, items: of }) => [month, of.length]);
  expect(months('UTC')).toEqual([
    ['2017-07', 1],
    ['2017-06', 2],
    ['2017-05', 1],
  ]);
  expect(months('Europe/Sofia')).toEqual([
    ['2017-07', 2],
    ['2017-06', 2],
  ]);
});

it('counts what there is of each group; what a later service brings is in all', () => {
  expect(countsOf(items)).toEqual([
    { filter: 'all', n: 4 },
    { filter: 'deals', n: 1 },
    { filter: 'talk', n: 1 },
    { filter: 'changes', n: 1 },
  ]);
  expect(countsOf(items.slice(0, 1)).map(({ filter }) => filter)).toEqual(['all', 'deals']);
  expect(items.filter(inFilter('talk'))).toEqual([items[1]]);
});
