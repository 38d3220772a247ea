import { dayPlus, endOfDay, momentOn, startOfDay } from './days.ts';

const at = (text: string) => Date.parse(text);

it('knows the days on which the clocks change', () => {
  // Sofia: 26 March 2017 has 23 hours, 29 October 25.
  const hours = (day: string) => (startOfDay(dayPlus(day, 1), 'Europe/Sofia') - startOfDay(day, 'Europe/Sofia')) / 3_600_000;
  expect(['2017-03-25', '2017-03-26', '2017-10-29'].map(hours)).toEqual([24, 23, 25]);
  expect(endOfDay('2017-12-31', 'Pacific/Auckland')).toBe(at('2017-12-31T10:59:59.999Z'));
});

it('finds the moment at which clocks show a time', () => {
  expect(momentOn('2026-03-02', '09:00', 'Europe/Sofia')).toBe(at('2026-03-02T07:00:00.000Z'));
  expect(momentOn('2026-03-29', '09:00', 'Europe/Sofia')).toBe(at('2026-03-29T06:00:00.000Z'));
  expect(momentOn('2026-07-01', '00:30', 'America/New_York')).toBe(at('2026-07-01T04:30:00.000Z'));
});
