import { allHold, lineTotal, monthsAfter, saysAccount, worthOf } from './deal.ts';
import { stalledBy } from './stalled.ts';

it('goes by months, and from the end of one to the end of another', () => {
  expect(['2017-06-30', '2017-06-15', '2024-02-29', '2017-01-30'].map((day) => monthsAfter(day, 1))).toEqual([
    '2017-07-31',
    '2017-07-15',
    '2024-03-31',
    '2017-02-28',
  ]);
  expect(monthsAfter('2017-01-31', -1)).toBe('2016-12-31');
});
it('says what has stalled as lists are asked', () => {
  expect(stalledBy('2026-04-01')).toBe('stageSince lt "2026-01-01T00:00:00.000Z"');
});
it('joins what must hold', () => expect([allHold('a eq 1', undefined, '', 'b eq 2'), allHold()]).toEqual(['a eq 1 and b eq 2', undefined]));
it('names the account beside a deal unless the deal’s name begins with it', () =>
  expect([saysAccount('Konex – GTX Pro', 'Konex'), saysAccount('Ten desks', 'Konex'), saysAccount('Ten desks', null)]).toEqual([
    false,
    true,
    false,
  ]));

it('knows what a deal is worth: what it was won at, else its value, else its lines', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const lines = [
    { lineId: 'a', productId: 'x', quantity: 3, price: eur('0.10') },
    { lineId: 'b', productId: 'y', quantity: 1, price: eur('99.95') },
  ];
  expect(lineTotal(lines[0]!)).toEqual(eur('0.30'));
  expect(worthOf({ lines })).toEqual(eur('100.25'));
  expect(worthOf({ lines, value: eur('90.00') })).toEqual(eur('90.00'));
  expect(worthOf({ lines, value: eur('90.00'), wonValue: eur('80.00') })).toEqual(eur('80.00'));
  expect(worthOf({ lines: [] })).toBeUndefined();
});
