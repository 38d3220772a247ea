import { BadQuery, type Where } from '../port.ts';
import { isNothing } from './asked.ts';
import { plainWhere } from './check.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { parseFilter } from './filter.ts';
import { afterPrefix, valueAt } from './keys.ts';
import { parseSort } from './sort.ts';

describe('filters', () => {
  it('reads terms, and, or, not and parentheses; and binds closer', () => {
    expect(parseFilter('ownerId eq "x" and (stage in ("a", "b") or not name prefix "Ac") or value.amount gte 1e3')).toEqual({
      or: [
        {
          and: [
            { field: 'ownerId', op: 'eq', value: 'x' },
            { or: [{ field: 'stage', op: 'in', value: ['a', 'b'] }, { not: { field: 'name', op: 'prefix', value: 'Ac' } }] },
          ],
        },
        { field: 'value.amount', op: 'gte', value: 1000 },
      ],
    });
  });

  it('types values by JSON', () => {
    expect(parseFilter('a eq null or b eq true or c lt -1.5 or d has "q\\"\\u00e9"')).toEqual({
      or: [
        { field: 'a', op: 'eq', value: null },
        { field: 'b', op: 'eq', value: true },
        { field: 'c', op: 'lt', value: -1.5 },
        { field: 'd', op: 'has', value: 'q"é' },
      ],
    });
  });

  it.each([
    ['', /end at 1, where a field/],
    ['name', /end at 5, where one of eq/],
    ['name eq', /end at 8, where a value/],
    ['name is "x"', /"is" at 6/],
    ['name eq x', /"x" at 9, where a value/],
    ["name eq 'x'", /at 9.*double quotes/],
    ['name in "a"', /list in parentheses/],
    ['(name eq 1', /where and, or, or \)/],
    ['name eq 1)', /"\)" at 10/],
    ['name eq 1 2', /"2" at 11/],
    ['name eq "\\x"', /no JSON/],
    ['name eq 1e999', /too large/],
    ['and eq 1', /"and" at 1/],
    [`${'('.repeat(9)}a eq 1${')'.repeat(9)}`, /deeper than 8/],
    [`${'not '.repeat(9)}a eq 1`, /deeper than 8/],
    [Array.from({ length: 51 }, () => 'a eq 1').join(' or '), /more than 50 terms/],
    [`a in (${Array.from({ length: 201 }, () => '1').join(',')})`, /more than 200 values/],
    ['x'.repeat(9_000), /longer than/],
  ])('refuses %s', (text, why) => {
    expect(() => parseFilter(text)).toThrow(BadQuery);
    expect(() => parseFilter(text)).toThrow(why);
  });
});

describe('sorts', () => {
  it('sorts down after a minus', () =>
    expect(parseSort('name,-createdAt')).toEqual([{ field: 'name' }, { field: 'createdAt', desc: true }]));
  it.each(['', 'a,,b', '--a', 'a b', 'a,a', 'a,b,c,d,e,f'])('refuses "%s"', (text) => expect(() => parseSort(text)).toThrow(BadQuery));
});

describe('cursors', () => {
  const sort = [{ field: 'name', desc: true }];
  it('come back as they were', () =>
    expect(decodeCursor(sort, encodeCursor(sort, { keys: ['é'], id: 'x' }))).toEqual({ keys: ['é'], id: 'x' }));
  it('belong to their sort', () =>
    expect(() => decodeCursor([{ field: 'name' }], encodeCursor(sort, { keys: ['é'], id: 'x' }))).toThrow(/another sort/));
  it.each(['', '%', 'bm8', Buffer.from('["-name","x",{}]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
    'refuses %s',
    (text) => expect(() => decodeCursor(sort, text)).toThrow(BadQuery),
  );
});

describe('where-trees', () => {
  const fields = new Set(['a', 'b']);
  it('gather alternatives of one field into a list', () => {
    const ids = Array.from({ length: 3_000 }, (_, at) => ({ field: 'a', op: 'eq' as const, value: at }));
    expect(plainWhere(fields, { or: ids })).toEqual({ or: [{ field: 'a', op: 'in', value: ids.map(({ value }) => value) }] });
  });
  it('name the field that is not indexed, and what is', () =>
    expect(() => plainWhere(fields, { field: 'c', op: 'eq', value: 1 })).toThrow(/possible: a, b/));
});

describe('filters that let nothing through', () => {
  const none: Where = { field: 'a', op: 'in', value: [] };
  const some: Where = { field: 'a', op: 'eq', value: 1 };
  it.each<[Where, boolean]>([
    [none, true],
    [some, false],
    [{ or: [] }, true],
    [{ or: [none, { and: [some, none] }] }, true],
    [{ or: [none, some] }, false],
    [{ and: [] }, false],
    [{ and: [some, { or: [none] }] }, true],
    [{ not: { and: [] } }, true],
    [{ not: { or: [some, { not: none }] } }, true],
    [{ not: none }, false],
  ])('%j: %s', (where, expected) => expect(isNothing(where)).toBe(expected));
});

describe('values at a path', () => {
  it.each([
    [{ a: { b: 1 } }, 'a.b', 1],
    [{ a: [{ b: 'x' }, { b: 'y' }, {}] }, 'a.b', ['x', 'y']],
    [{ a: [] }, 'a', undefined],
    [{ a: { b: null } }, 'a.b', undefined],
    [{ a: 1 }, 'constructor.name', undefined],
  ])('%j at %s', (doc, path, expected) => expect(valueAt(doc, path.split('.'))).toEqual(expected));
  it('texts with a prefix lie below its successor', () =>
    expect([afterPrefix('ab'), afterPrefix('a\u{10ffff}'), afterPrefix('\ud7ff'), afterPrefix('')]).toEqual([
      'ac',
      'b',
      '\ue000',
      undefined,
    ]));
});
