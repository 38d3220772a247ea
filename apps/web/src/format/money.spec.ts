import { addMoney, moneyDifference } from './money.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });

it('adds exactly, each currency by itself', () => {
  expect(addMoney([usd('0.10'), usd('0.2'), { amount: '5', currency: 'EUR' }])).toEqual([usd('0.30'), { amount: '5', currency: 'EUR' }]);
  expect(addMoney([usd('9007199254740993'), usd('0.01')])).toEqual([usd('9007199254740993.01')]);
  expect(addMoney([usd('-0.05'), usd('0.02')])).toEqual([usd('-0.03')]);
  expect(addMoney([])).toEqual([]);
});

it('tells how much more or less there is, never across currencies', () => {
  expect(moneyDifference([usd('9321.00')], [usd('19299')])).toEqual(usd('9978.00'));
  expect(moneyDifference([usd('2')], [])).toEqual(usd('-2'));
  expect(moneyDifference([usd('2')], [{ amount: '2', currency: 'EUR' }])).toBeUndefined();
});
