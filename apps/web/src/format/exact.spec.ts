import { allOf, exactly, shareOf, withMoney } from './exact.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });

it('adds decimal texts exactly, however long', () => {
  expect(exactly('0.10', '0.20')).toBe('0.30');
  expect(exactly('999999999999999.99', '0.01')).toBe('1000000000000000.00');
  expect(exactly('5', '0.5', -1n)).toBe('4.5');
  expect(exactly('0.00', '1.05', -1n)).toBe('-1.05');
  expect(exactly('12.50', '4.00', 3n)).toBe('24.50');
});
it('keeps sums per currency, in their order, and leaves out what comes to nothing', () => {
  expect(withMoney([usd('10.00')], eur('5.00'))).toEqual([eur('5.00'), usd('10.00')]);
  expect(withMoney([eur('5.00'), usd('10.00')], eur('5.00'), -1n)).toEqual([usd('10.00')]);
  expect(withMoney([usd('10.00')], undefined)).toEqual([usd('10.00')]);
  expect(allOf([[usd('1.00')], [eur('2.00'), usd('3.50')], []])).toEqual([eur('2.00'), usd('4.50')]);
});
it('weighs as the server does: rounded once, half up', () => {
  expect(shareOf(eur('900.05'), 10)).toEqual(eur('90.01'));
  expect(shareOf({ amount: '1000', currency: 'JPY' }, 50)).toEqual({ amount: '500', currency: 'JPY' });
  expect(shareOf(eur('-0.05'), 10)).toEqual(eur('-0.01'));
});
