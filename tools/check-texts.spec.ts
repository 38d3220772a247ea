import { catalogueFaults, textFaults } from './check-texts.mjs';

it('the pages’ texts are whole in every language', async () => expect(await textFaults()).toEqual([]));

describe('a translation is found out that', () => {
  const english = { title: 'Contacts', made: '{name} is a contact now.', removed: { one: '{n} contact', other: '{n} contacts' } };
  const russian = {
    title: 'Контакты',
    made: '{name} теперь в контактах.',
    removed: { one: '{n} контакт', few: '{n} контакта', many: '{n} контактов', other: '{n} контакта' },
  };
  const faults = (change: object) => catalogueFaults('ru', english, { ...russian, ...change }, 'ru');

  it('is whole', () => expect(faults({})).toEqual([]));
  it.each([
    ['has a text too many', { more: 'Ещё' }, ['ru has more, which English has not']],
    ['has an empty text', { title: ' ' }, ['ru title is empty']],
    ['drops a parameter', { made: 'Теперь в контактах.' }, ['ru made has the parameters , not name']],
    ['renames a parameter', { made: '{имя} {nom}' }, ['ru made has the parameters nom, not name']],
    [
      'lacks a plural form',
      { removed: { one: '{n} контакт', other: '{n} контакта' } },
      ['ru removed has the forms one,other, not one,few,many,other'],
    ],
    ['has no plural where English has one', { removed: '{n}' }, ['ru removed has no plural forms']],
  ])('%s', (_, change, found) =>
    expect(faults(change).map((one: string) => one.replace('few,many,one,other', 'one,few,many,other'))).toEqual(found),
  );
  it('lacks a text', () => {
    const { title: _, ...rest } = russian;
    expect(catalogueFaults('ru', english, rest, 'ru')).toEqual(['ru lacks title']);
  });
});
