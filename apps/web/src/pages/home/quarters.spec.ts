import { before, daysBefore, quarterAt, quarterOf } from './quarters.ts';

it('knows a quarter’s months and days, and the one before', () => {
  expect(quarterAt('2017-12-31')).toMatchObject({
    name: '2017-Q4',
    from: '2017-10-01',
    to: '2017-12-31',
    months: ['2017-10', '2017-11', '2017-12'],
  });
  expect(quarterOf('2024-Q1')).toMatchObject({ from: '2024-01-01', to: '2024-03-31' });
  expect(before(quarterOf('2024-Q1')).name).toBe('2023-Q4');
});
it('counts days back over the end of a year', () => expect(daysBefore('2026-01-10', 90)).toBe('2025-10-12'));
