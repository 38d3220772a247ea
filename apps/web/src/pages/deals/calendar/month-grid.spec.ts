import { daysAfter, weeksOf } from './month-grid.ts';

it('gives the weeks a month touches, whole', () => {
  const march = weeksOf('2026-03', 1);
  expect([march.length, march[0]![0], march.at(-1)![6]]).toEqual([6, '2026-02-23', '2026-04-05']);
  const sundays = weeksOf('2026-03', 7);
  expect([sundays.length, sundays[0]![0], sundays.at(-1)![6]]).toEqual([5, '2026-03-01', '2026-04-04']);
  expect(weeksOf('2027-02', 1).map((week) => week[0])).toEqual(['2027-02-01', '2027-02-08', '2027-02-15', '2027-02-22']);
});
it('goes over the end of a month', () =>
  expect([daysAfter('2026-02-28', 1), daysAfter('2026-03-01', -7)]).toEqual(['2026-03-01', '2026-02-22']));
