import { dayIn, daysBetween, formatters, initials } from './format.ts';

const en = formatters('en', 'Europe/Sofia');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const now = Date.parse('2026-03-02T10:00:00Z');

it('writes amounts exactly, without cents where there are none, and names a currency that is not the usual one', () => {
  expect(en.money({ amount: '1234567890123.45', currency: 'USD' }, 'USD')).toBe('1,234,567,890,123.45');
  expect(en.money({ amount: '5482.00', currency: 'USD' }, 'USD')).toBe('5,482');
  expect(en.money({ amount: '0.10', currency: 'EUR' }, 'USD')).toBe('€0.10');
  expect(plain(formatters('ru', 'UTC').money({ amount: '5482.50', currency: 'EUR' }, 'USD'))).toBe('5 482,50 €');
  expect(
    en.sums(
      [
        { amount: '1.00', currency: 'EUR' },
        { amount: '2.00', currency: 'USD' },
      ],
      'USD',
    ),
  ).toBe('€1, 2');
  expect(en.sums([])).toBe('0');
});

it('says a business day as it is, and a moment in the user’s zone', () => {
  expect(en.day('2026-03-01', 'auto', now)).toBe('1 Mar');
  expect(en.day('2017-12-31', 'auto', now)).toBe('31 Dec 2017');
  expect(en.day('2017-07-14', 'long')).toBe('14 July 2017');
  expect(en.dateTime('2026-03-01T22:30:00Z', now)).toBe('2 Mar, 00:30');
  expect(dayIn('2026-03-01T22:30:00Z', 'Europe/Sofia')).toBe('2026-03-02');
});

it('says how long ago, in the largest unit that says enough', () => {
  const ago = (seconds: number) => en.relative(now - seconds * 1000, now);
  expect([5, 180, 7200, 86_400, 40 * 86_400, 300 * 86_400, 1200 * 86_400].map(ago)).toEqual([
    'now',
    '3 minutes ago',
    '2 hours ago',
    'yesterday',
    '40 days ago',
    '10 months ago',
    '3 years ago',
  ]);
});

it('counts days across a change of clocks', () => expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2));
it('says a count that was not counted out', () => expect([en.count('1259'), en.count('10000+')]).toEqual(['1,259', '10,000+']));
it('takes the first letters of the first and the last word, in any script', () =>
  expect(['Miriam Adler', 'דנה לוי', 'Олена Коваль', 'Hatfan', 'Joon-ho Park', '山本 恵', ''].map(initials)).toEqual([
    'MA',
    'דל',
    'ОК',
    'HA',
    'JP',
    '山恵',
    '?',
  ]));
