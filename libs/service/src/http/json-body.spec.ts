import type { Problem } from '#runtime';
import { parseJson } from './json-body.ts';

const parse = (text: string) => parseJson(Buffer.from(text));
const refused = (text: string | Buffer) => {
  try {
    parseJson(Buffer.from(text as string));
  } catch (error) {
    const { status, code, more } = error as Problem;
    return { status, code, ...more };
  }
  return undefined;
};

it('reads what is right', () => {
  const value = { a: 'x:"y"\\', 'b"c': [1, -2.5, null, true, { d: '\n\t' }], e: {}, f: [] };
  expect(parse(JSON.stringify(value, null, 2))).toEqual(value);
  expect(parse('"שלום \u200f 😀"')).toBe('שלום \u200f 😀');
});

it.each([
  ['{"a":1,}', 1, 8],
  ['{"a":1', 1, 7],
  ['', 1, 1],
  ['{\n  "a": nope\n}', 2, 8],
  ['[1,,2]', 1, 4],
  ["{'a':1}", 1, 2],
  ['{"a" 1}', 1, 6],
  ['{} x', 1, 4],
  ['["\u0001"]', 1, 2],
  ['[01]', 1, 3],
])('says where %j breaks, without quoting it', (text, line, column) => {
  expect(refused(text)).toMatchObject({ status: 400, code: 'malformed-json', position: { line, column } });
});

it('refuses a key that stands twice, at any depth, also when written otherwise', () => {
  expect(refused('{"a":1,"b":{"c":1,"c":1}}')).toMatchObject({ code: 'malformed-json' });
  expect(refused('{"a":1,"\\u0061":2}')).toMatchObject({ code: 'malformed-json' });
  expect(refused('{"a":{"x":1},"b":{"x":1}}')).toBeUndefined();
});

it('refuses __proto__', () => expect(refused('{"a":{"__proto__":{"admin":true}}}')).toMatchObject({ fields: [{ field: 'a.__proto__' }] }));

it.each(['9007199254740993', '-9007199254740992', '1e400', '1e20'])('refuses the number %s', (number) =>
  expect(refused(`{"a":[${number}]}`)).toMatchObject({ code: 'invalid', fields: [{ field: 'a.0' }] }),
);

it.each(['\\u0000', '\\u202e', '\\u2066', '\\ud800', '\u202e', '\\u001b'])('refuses the character %j in values and names', (character) => {
  expect(refused(`{"a":{"b":"x${character}y"}}`)).toMatchObject({ code: 'invalid', fields: [{ field: 'a.b' }] });
  expect(refused(`{"a":{"x${character}":1}}`)).toMatchObject({ code: 'invalid', fields: [{ field: 'a' }] });
});

it('refuses deep nesting, also where it would exhaust the stack', () => {
  expect(parse('['.repeat(32) + ']'.repeat(32))).toBeDefined();
  expect(refused('['.repeat(33) + ']'.repeat(33))).toMatchObject({ status: 400, code: 'too-deep' });
  expect(refused('['.repeat(400_000) + ']'.repeat(400_000))).toMatchObject({ status: 400, code: 'too-deep' });
  expect(refused('['.repeat(400_000))).toMatchObject({ status: 400, code: 'too-deep' });
  expect(parse(JSON.stringify(['[{"'.repeat(4000)]))).toBeDefined();
});

it('refuses what is not UTF-8', () => expect(refused(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ code: 'malformed-json' }));
