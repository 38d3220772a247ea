import { currenciesOf, withPrice } from './product.ts';

const [eur, usd] = [
  { amount: '5.00', currency: 'EUR' },
  { amount: '6.00', currency: 'USD' },
];

it('replaces the price of a currency in its place, adds one, and takes one out', () => {
  const dearer = { amount: '7.00', currency: 'EUR' };
  expect(withPrice([eur, usd], 'EUR', dearer)).toEqual([dearer, usd]);
  expect(withPrice([usd], 'EUR', eur)).toEqual([usd, eur]);
  expect(withPrice([eur, usd], 'EUR', null)).toEqual([usd]);
});
it('shows the usual currency first, then those that most have', () => {
  const jpy = { amount: '700', currency: 'JPY' };
  expect(currenciesOf([{ prices: [eur, jpy] }, { prices: [jpy] }, { prices: [usd] }], 'GBP')).toEqual(['GBP', 'JPY', 'EUR', 'USD']);
  expect(currenciesOf([], undefined)).toEqual([]);
});
