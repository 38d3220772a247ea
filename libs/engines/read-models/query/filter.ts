import { BadQuery, type Scalar, type Where } from '../port.ts';

const DEEPEST = 8;
const MOST_TERMS = 50;
const MOST_TEXT = 4_000;
const OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'has', 'hasAny', 'prefix'] as const;
type Operator = (typeof OPERATORS)[number];

type Token = { kind: 'word' | 'value' | '(' | ')' | ','; text: string; value?: Scalar; at: number };

/**
 * Reads a filter as people write it:
 * `ownerId eq "x" and (stage in ("a", "b") or not name prefix "Ac")`. Values are JSON; `and` binds closer than `or`.
 *
 * @throws BadQuery saying where it went wrong and what was expected
 */
export function parseFilter(text: string): Where {
  if (text.length > MOST_TEXT) throw new BadQuery('filter', `is longer than ${MOST_TEXT} characters`);
  const tokens = tokensOf(text);
  let place = 0;
  let terms = 0;
  const fault = (expected: string): BadQuery => {
    const token = tokens[place];
    return new BadQuery('filter', token ? `has ${JSON.stringify(token.text)} at character ${token.at + 1} where ${expected} was expected` : `ends where ${expected} was expected`);
  };
  const isWord = (word: string) => tokens[place]?.kind === 'word' && tokens[place]!.text.toLowerCase() === word;
  const expect = (kind: Token['kind'], expected: string): Token => {
    const token = tokens[place];
    if (token?.kind !== kind) throw fault(expected);
    place++;
    return token;
  };

  const either = (depth: number): Where => {
    if (depth > DEEPEST) throw new BadQuery('filter', `is nested more than ${DEEPEST} deep`);
    const parts = [both(depth)];
    while (isWord('or')) {
      place++;
      parts.push(both(depth));
    }
    return parts.length === 1 ? parts[0]! : { or: parts };
  };
  const both = (depth: number): Where => {
    const parts = [one(depth)];
    while (isWord('and')) {
      place++;
      parts.push(one(depth));
    }
    return parts.length === 1 ? parts[0]! : { and: parts };
  };
  const one = (depth: number): Where => {
    if (isWord('not')) {
      place++;
      return { not: one(depth + 1) };
    }
    if (tokens[place]?.kind === '(') {
      place++;
      const inner = either(depth + 1);
      expect(')', 'a closing bracket');
      return inner;
    }
    if (++terms > MOST_TERMS) throw new BadQuery('filter', `has more than ${MOST_TERMS} terms`);
    const field = expect('word', 'a field').text;
    const operator = tokens[place]?.kind === 'word' ? OPERATORS.find((name) => name.toLowerCase() === tokens[place]!.text.toLowerCase()) : undefined;
    if (!operator) throw fault(`one of ${OPERATORS.join(', ')}`);
    place++;
    return term(field, operator);
  };
  const term = (field: string, operator: Operator): Where => {
    if (operator !== 'in' && operator !== 'hasAny') return { field, op: operator, value: expect('value', 'a value such as "text", 12 or true').value! };
    expect('(', 'an opening bracket');
    const values = [expect('value', 'a value').value!];
    while (tokens[place]?.kind === ',') {
      place++;
      values.push(expect('value', 'a value').value!);
    }
    expect(')', 'a closing bracket');
    return { field, op: operator, value: values };
  };

  const where = either(0);
  if (place < tokens.length) throw fault('and, or, or the end');
  return where;
}

const TOKEN = /\s*(?:([(),])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_])|([A-Za-z][A-Za-z0-9_.]*))/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new BadQuery('filter', `cannot be read from character ${from + 1} on: ${JSON.stringify(text.slice(from, from + 12))}`);
    const [whole, sign, quoted, number, word] = match;
    const at = from + whole.length - whole.trimStart().length;
    if (sign) tokens.push({ kind: sign as '(' | ')' | ',', text: sign, at });
    else if (quoted ?? number) tokens.push({ kind: 'value', text: (quoted ?? number)!, value: scalar((quoted ?? number)!, at), at });
    else if (word === 'true' || word === 'false' || word === 'null') tokens.push({ kind: 'value', text: word, value: JSON.parse(word) as Scalar, at });
    else tokens.push({ kind: 'word', text: word!, at });
  }
  return tokens;
}

function scalar(text: string, at: number): Scalar {
  try {
    return JSON.parse(text) as Scalar;
  } catch {
    throw new BadQuery('filter', `has a value at character ${at + 1} that is not JSON`);
  }
}

/** `name,-createdAt`: fields in order, `-` for descending. @throws BadQuery */
export function parseSort(text: string): { field: string; desc?: boolean }[] {
  const keys = text.split(',').map((part) => part.trim());
  if (keys.length > 5) throw new BadQuery('sort', 'has more than 5 keys');
  return keys.map((key) => {
    const match = /^(-?)([A-Za-z][A-Za-z0-9_.]*)$/.exec(key);
    if (!match) throw new BadQuery('sort', `has ${JSON.stringify(key)} where a field such as name or -createdAt was expected`);
    return match[1] ? { field: match[2]!, desc: true } : { field: match[2]! };
  });
}
