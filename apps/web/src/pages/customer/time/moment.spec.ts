import { dayPlus, endOfDay, instantOf, nextChange, startOfDay, textOf } from './moment.ts';

const at = (text: string) => Date.parse(text);

it('takes a day for its end, in the zone that counts', () => {
  expect(instantOf('2017-07-14', 'UTC')).toBe(at('2017-07-14T23:59:59.999Z'));
  expect(instantOf('2017-07-14', 'Europe/Sofia')).toBe(at('2017-07-14T20:59:59.999Z'));
  expect(instantOf('2017-07-14', 'America/New_York')).toBe(at('2017-07-15T03:59:59.999Z'));
  expect(instantOf('2017-07-14T09:30:00.123Z', 'UTC')).toBe(at('2017-07-14T09:30:00.123Z'));
  expect(['', 'soon', '2017-02-31', '2017-07-14T09:30'].map((text) => instantOf(text, 'UTC'))).toEqual(Array(4).fill(undefined));
});

it('knows the days on which the clocks change', () => {
  // Sofia: 26 March 2017 has 23 hours, 29 October 25.
  const hours = (day: string) => (startOfDay(dayPlus(day, 1), 'Europe/Sofia') - startOfDay(day, 'Europe/Sofia')) / 3_600_000;
  expect(['2017-03-25', '2017-03-26', '2017-10-29'].map(hours)).toEqual([24, 23, 25]);
  expect(endOfDay('2017-12-31', 'Pacific/Auckland')).toBe(at('2017-12-31T10:59:59.999Z'));
});

it('names a moment by its day, unless more happened later on that day', () => {
  const times = ['2017-07-14T09:00:00Z', '2017-07-14T15:00:00Z', '2017-08-01T00:00:00Z'].map(at);
  expect(textOf(times[0]!, 'UTC', times)).toBe('2017-07-14T09:00:00.000Z');
  expect(textOf(times[1]!, 'UTC', times)).toBe('2017-07-14');
  expect(textOf(at('2017-07-20T12:00:00Z'), 'UTC', times)).toBe('2017-07-20');
});

it('steps from change to change, and stops at the ends', () => {
  expect([1, 10, 11, 30].map((from) => nextChange([10, 20, 30], from, 1))).toEqual([10, 20, 20, undefined]);
  expect([1, 10, 11, 30].map((from) => nextChange([10, 20, 30], from, -1))).toEqual([undefined, undefined, 10, 20]);
});
