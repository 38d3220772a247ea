import { contactsContactCard, salesOpportunityRow } from '../../api/fields.ts';
import { dayOf, filterText, isWhole, opsOf, parseFilter, type Filter } from './filter.ts';
import { startOfDay } from '../../format/days.ts';

const { fields } = contactsContactCard;

describe('a filter', () => {
  it('is written as lists take it, and read back the same', () => {
    const filter: Filter = [
      { field: 'ownerId', op: 'is', value: 'ann' },
      { field: 'tags', op: 'hasNot', value: 'key "customer"' },
      {
        any: [
          { field: 'lifecycleStage', op: 'anyOf', value: ['lead', 'qualified'] },
          { field: 'changedAt', op: 'before', value: '2017-10-01T00:00:00.000Z' },
        ],
      },
      { field: 'accountId', op: 'empty' },
    ];
    const text =
      'ownerId eq "ann" and not tags has "key \\"customer\\"" and (lifecycleStage in ("lead", "qualified") or changedAt lt "2017-10-01T00:00:00.000Z") and accountId eq null';
    expect(filterText(filter)).toBe(text);
    expect(parseFilter(text, fields)).toEqual(filter);
  });
  it('leaves out what is half written, and says nothing when nothing is whole', () => {
    expect(
      filterText([
        { field: 'name', op: 'starts', value: 'A' },
        { field: 'source', op: 'is' },
      ]),
    ).toBe('name prefix "A"');
    expect(filterText([{ any: [{ field: 'name', op: 'starts', value: '' }] }])).toBeUndefined();
    expect(isWhole({ field: 'accountId', op: 'filled' })).toBe(true);
  });
  it('takes a group of one for a condition', () =>
    expect(
      filterText([
        {
          any: [
            { field: 'name', op: 'starts', value: 'A' },
            { field: 'name', op: 'starts' },
          ],
        },
      ]),
    ).toBe('name prefix "A"'));
  it('reads a comparison of times as before and after, of numbers as more and less', () => {
    expect(parseFilter('openedOn gte "2017-01-01" and openedOn lt "2018-01-01"', salesOpportunityRow.fields)).toEqual([
      { field: 'openedOn', op: 'after', value: '2017-01-01' },
      { field: 'openedOn', op: 'before', value: '2018-01-01' },
    ]);
    expect(parseFilter('employees gt 100', { employees: { kind: 'number' } })).toEqual([{ field: 'employees', op: 'more', value: 100 }]);
  });
  it.each(['name eq "a" or name eq "b"', '((name eq "a"))', 'name eq', 'not name eq "a"', 'name like "a"'])(
    'that it cannot show, %s, it leaves as it is',
    (text) => expect(parseFilter(text, fields)).toBeUndefined(),
  );
  it('offers the comparisons that make sense for what a field holds', () => {
    expect(opsOf(fields.lifecycleStage)).toContain('anyOf');
    expect(opsOf(fields.tags)).toEqual(['has', 'hasNot']);
    expect(opsOf(fields.changedAt)[0]).toBe('after');
  });
});

it('names the day an instant begins, where the question is asked, also while its year is being typed', () => {
  expect(dayOf('2026-03-01T22:00:00.000Z', 'Europe/Sofia')).toBe('2026-03-02');
  expect(dayOf('2026-03-02', 'America/New_York')).toBe('2026-03-02');
  expect(dayOf(new Date(startOfDay('0020-03-02', 'Europe/Sofia')).toISOString(), 'Europe/Sofia')).toBe('0020-03-02');
  expect([dayOf(undefined, 'UTC'), dayOf('Tuesday', 'UTC')]).toEqual(['', 'Tuesday']);
});
