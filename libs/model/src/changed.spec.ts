import { changed, emptied, personal, splitPersonal, Text, validate } from '#model';

const PersonChanged = changed('sample.person.changed', { name: personal(Text), source: Text });

describe('what changed', () => {
  const renamed = PersonChanged({ name: { from: 'Ann Lee', to: 'Ann Stone' } });

  it('names the fields that changed and no other', () => expect(validate(PersonChanged.schema, { source: { to: 'web' } })).toEqual([]));
  it('keeps a personal field personal, from and to', () =>
    expect(splitPersonal(PersonChanged, renamed.data, 'sample.person/r1')).toEqual({
      open: {},
      parts: { 'sample.person/r1': [['name', { from: 'Ann Lee', to: 'Ann Stone' }]] },
    }));
  it('changes nothing where the person was erased: what was empty before stays so', () => {
    const data = emptied(PersonChanged, {});
    expect(data).toEqual({});
    expect(PersonChanged.apply({ name: '', source: 'web' }, { data } as never)).toEqual({ name: '', source: 'web' });
  });
  it('is taken back by a patch of what was there before', () =>
    expect(PersonChanged.inverse({ ...renamed.data, source: { to: 'web' } })).toEqual({ name: 'Ann Lee', source: null }));
});
