import { instantOf, nextChange, textOf } from './moment.ts';

const at = (text: string) => Date.parse(text);

it('takes a day for its end, in the zone that counts', () => {
  expect(instantOf('2017-07-14', 'UTC')).toBe(at('2017-07-14T23:59:59.999Z'));
  expect(instantOf('2017-07-14', 'Europe/Sofia')).toBe(at('2017-07-14T20:59:59.999Z'));
  expect(instantOf('2017-07-14', 'America/New_York')).toBe(at('2017-07-15T03:59:59.999Z'));
  expect(instantOf('2017-07-14T09:30:00.123Z', 'UTC')).toBe(at('2017-07-14T09:30:00.123Z'));
  expect(['', 'soon', '2017-02-31', '2017-07-14T09:30'].map((text) => instantOf(text, 'UTC'))).toEqual(Array(4).fill(undefined));
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
