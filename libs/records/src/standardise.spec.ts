import { cleanText, country, email, nearest, phone } from '#records';

it.each([
  ['Philipines', 'PH'],
  ['united states', 'US'],
  ['България', 'BG'],
  ['ישראל', 'IL'],
  ['Jordan', 'JO'],
  ['Brazil', 'BR'],
  ['Brasil', 'BR'],
  ['de', 'DE'],
  ['U.K.', 'GB'],
])('knows %s as %s', (typed, code) => expect(country(typed)).toMatchObject({ value: code }));
it('keeps what was typed, and guesses nothing', () => {
  expect(country('Philipines')).toEqual({ value: 'PH', typed: 'Philipines' });
  expect(country('Korea')).toEqual({ value: 'Korea', finding: 'could be North or South Korea' });
  expect(country('Atlantis').finding).toBe('is no country we know');
});
it('mends a sector with a slip', () => {
  const sectors = ['technology', 'medical', 'retail', 'software', 'telecommunications', 'services'];
  expect([nearest(sectors, 'technolgy'), nearest(sectors, 'Medical'), nearest(sectors, 'farming')]).toEqual([
    'technology',
    'medical',
    undefined,
  ]);
});
it('writes phone numbers as E.164', () => {
  expect(phone('(212) 555-0123', 'US')).toEqual({ value: '+12125550123', typed: '(212) 555-0123' });
  expect(phone('555-0123').finding).toBe('has no country prefix');
});
it('lower-cases the domain alone', () => {
  expect(email(' Ann.Lee@EXAMPLE.com ')).toEqual({ value: 'Ann.Lee@example.com', typed: ' Ann.Lee@EXAMPLE.com ' });
  expect(email('nobody at home').finding).toBe('is no e-mail address');
});
it('takes stray space and invisible marks away', () => expect(cleanText(' \u200bAnn \u00a0 Lee\u202e ')).toBe('Ann Lee'));
