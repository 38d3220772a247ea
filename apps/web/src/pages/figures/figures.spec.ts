import { csvOf } from './csv.ts';
import { figuresSearch, spanBefore, spanOf } from './figures-search.ts';
import { average, total } from './sums.ts';

it('shows the last year in which something was closed, unless another span was chosen', () => {
  expect(spanOf({}, '2026-11-26', ['2016', '2017'])).toEqual({
    period: '2017',
    from: '2017-01-01',
    to: '2017-12-31',
    bars: 'quarter',
    line: 'month',
  });
  expect(spanOf({ period: 'quarter' }, '2017-05-31', [])).toMatchObject({ from: '2017-04-01', to: '2017-06-30', bars: 'month' });
  expect(spanOf({ period: 'all' }, '2017-05-31', ['2016', '2017'])).toEqual({ period: 'all', bars: 'quarter', line: 'quarter' });
  expect(spanOf({ from: '2017-01-10', to: '2017-02-09' }, '2017-05-31', [])).toMatchObject({ period: 'other', bars: 'month' });
});

it('compares with the span before, as long as this one', () => {
  expect(spanBefore(spanOf({ period: '2017' }, '2017-05-31', []))).toEqual({ from: '2016-01-01', to: '2016-12-31' });
  expect(spanBefore(spanOf({ period: '2017-Q1' }, '2017-05-31', []))).toEqual({ from: '2016-10-01', to: '2016-12-31' });
  expect(spanBefore(spanOf({ from: '2017-01-11', to: '2017-01-20' }, '2017-05-31', []))).toEqual({ from: '2017-01-01', to: '2017-01-10' });
  expect(spanBefore(spanOf({ period: 'all' }, '2017-05-31', []))).toBeUndefined();
});

it('understands of an address what it knows', () => {
  expect(figuresSearch({ period: '2017', at: '2017-06-30', from: 'yesterday', moon: 'full', team: '' })).toEqual({
    period: '2017',
    at: '2017-06-30',
  });
});

it('adds and shares out money exactly', () => {
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  expect(total([usd('0.10'), usd('0.2'), undefined], 'USD')).toEqual(usd('0.30'));
  expect(average(usd('10005534.00'), 4238)).toEqual(usd('2361'));
  expect(average(usd('-1.00'), 3, 2)).toEqual(usd('-0.33'));
  expect(average({ amount: '5', currency: 'JPY' }, 2)).toEqual({ amount: '3', currency: 'JPY' });
});

it('writes a table as a file that a spreadsheet opens, and runs nothing in it', () => {
  expect(
    csvOf(
      ['Team', 'Won'],
      [
        ['West, "old"', '10.5'],
        ['=1+1', ''],
      ],
    ),
  ).toBe('\ufeffTeam,Won\r\n"West, ""old""",10.5\r\n\'=1+1,\r\n');
});
