import { formOf, pieces, sayer, written } from './texts.ts';

const en = {
  hello: 'Good morning, {name}',
  removed: { one: '{n} contact moved to the bin.', other: '{n} contacts moved to the bin.' },
} as const;

it('puts in what a text asks for, numbers as the language writes them', () => {
  expect(sayer(en, 'en')('hello', { name: 'Kary' })).toBe('Good morning, Kary');
  expect(sayer(en, 'en')('removed', { n: 1 })).toBe('1 contact moved to the bin.');
  expect(sayer(en, 'en')('removed', { n: 12_500 })).toBe('12,500 contacts moved to the bin.');
  expect(written(12_500, 'ru').replaceAll(/\s/g, ' ')).toBe('12 500');
});

it('chooses the form by the language’s own rules', () => {
  const russian = { one: 'контакт', few: 'контакта', many: 'контактов', other: 'контакта' };
  expect([1, 2, 5, 21, 22, 25].map((n) => formOf(russian, 'ru', n))).toEqual([
    'контакт',
    'контакта',
    'контактов',
    'контакт',
    'контакта',
    'контактов',
  ]);
  expect(formOf({ one: 'אחד', two: 'שניים', other: 'רבים' }, 'he', 2)).toBe('שניים');
});

it('isolates a name that is written in the other direction', () => {
  expect(sayer(en, 'en')('hello', { name: 'דנה' })).toBe('Good morning, \u2068דנה\u2069');
  expect(sayer(en, 'he')('hello', { name: 'Kary' })).toBe('Good morning, \u2068Kary\u2069');
});

it('cuts a text at its parameters, for those that are more than text', () => {
  expect(pieces('{who} won {what}.', { who: 1, what: 2 })).toEqual([1, ' won ', 2, '.']);
  expect(() => pieces('{who}', {})).toThrow('wants {who}');
});
