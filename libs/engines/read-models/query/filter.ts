import { BadQuery, type Scalar, type Where } from '../port.ts';

const LONGEST = 8_000;
const DEEPEST = 8;
const MOST_TERMS = 50;
const MOST_VALUES = 200;
const SINGLE = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'has', 'prefix'] as const;
const LISTS = ['in', 'hasAny'] as const;

type Token = { kind: 'word' | 'value' | 'mark' | 'end'; text: string; at: number; value?: Scalar };

/** A word, a JSON string, a JSON number, or one of ( ) , */
const TOKEN = /\s*(?:([A-Za-z_][\w-]*(?:\.[\w-]+)*)|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|([(),]))/y;
const CONSTANTS: Record<string, Scalar> = { true: true, false: false, null: null };
const RESERVED = new Set(['and', 'or', 'not']);

/**
 * Reads the filter language of lists: terms `field op value` joined by `and`, `or`, `not` and parentheses; `and` binds closer than `or`. Values are
 * JSON literals, lists stand in parentheses:
 *
 *     ownerId eq "ann" and (stage in ("open", "won") or not name prefix "Ac") and value.amount gte 1000 and tags has "vip" and closedOn eq null
 *
 * At most 8 levels of parentheses and `not`, 50 terms, 200 values in a list.
 *
 * @throws BadQuery (field `filter`) saying what is wrong, at which character, and what would be right
 */
export function parseFilter(text: string): Where {
  if (text.length > LONGEST) throw new BadQuery('filter', `is longer than ${LONGEST} characters`);
  const tokens = tokensOf(text);
  let next = 0;
  let terms = 0;
  const peek = () => tokens[next]!;
  const take = () => tokens[next++]!;
  const isWord = (word: string) => peek().kind === 'word' && peek().text === word;
  const isMark = (mark: string) => peek().kind === 'mark' && peek().text === mark;

  const where = either(0);
  if (peek().kind !== 'end') throw unexpected(peek(), 'and, or, or the end');
  return where;

  function either(depth: number): Where {
    return chain('or', () => chain('and', () => unary(depth)));
  }

  function chain(word: 'and' | 'or', part: () => Where): Where {
    const parts = [part()];
    while (isWord(word)) {
      take();
      parts.push(part());
    }
    return parts.length === 1 ? parts[0]! : word === 'and' ? { and: parts } : { or: parts };
  }

  function unary(depth: number): Where {
    if (depth > DEEPEST) throw new BadQuery('filter', `is nested deeper than ${DEEPEST} at ${peek().at + 1}`);
    if (isWord('not')) {
      take();
      return { not: unary(depth + 1) };
    }
    if (!isMark('(')) return term();
    take();
    const inside = either(depth + 1);
    if (!isMark(')')) throw unexpected(peek(), 'and, or, or )');
    take();
    return inside;
  }

  function term(): Where {
    const name = take();
    if (name.kind !== 'word' || RESERVED.has(name.text)) throw unexpected(name, 'a field, not, or (');
    if (++terms > MOST_TERMS) throw new BadQuery('filter', `has more than ${MOST_TERMS} terms`);
    const operator = take();
    const single = SINGLE.find((one) => one === operator.text);
    if (operator.kind === 'word' && single) return { field: name.text, op: single, value: value() };
    const list = LISTS.find((one) => one === operator.text);
    if (operator.kind === 'word' && list) return { field: name.text, op: list, value: values() };
    throw unexpected(operator, `one of ${[...SINGLE, ...LISTS].join(', ')}`);
  }

  function values(): Scalar[] {
    if (!isMark('(')) throw unexpected(peek(), 'a list in parentheses, as in ("a", "b")');
    take();
    const found = [value()];
    while (isMark(',')) {
      take();
      if (found.length >= MOST_VALUES) throw new BadQuery('filter', `has a list of more than ${MOST_VALUES} values at ${peek().at + 1}`);
      found.push(value());
    }
    if (!isMark(')')) throw unexpected(peek(), ', or )');
    take();
    return found;
  }

  function value(): Scalar {
    const token = take();
    if (token.kind === 'value') return token.value!;
    if (token.kind === 'word' && Object.hasOwn(CONSTANTS, token.text)) return CONSTANTS[token.text]!;
    throw unexpected(token, 'a value: "text", a number, true, false or null');
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      const at = from + /^\s*/.exec(text.slice(from))![0].length;
      throw new BadQuery('filter', `cannot be read at ${at + 1}: ${shown(text.slice(at, at + 12))}; text stands in double quotes`);
    }
    const [all, word, quoted, number, mark] = match;
    const at = from + all.length - (word ?? quoted ?? number ?? mark)!.length;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, at });
    else tokens.push({ kind: 'value', text: (quoted ?? number)!, at, value: literal((quoted ?? number)!, at) });
  }
  tokens.push({ kind: 'end', text: '', at: end });
  return tokens;
}

function literal(json: string, at: number): Scalar {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new BadQuery('filter', `has a value at ${at + 1} that is no JSON: ${shown(json)}`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new BadQuery('filter', `has a number at ${at + 1} that is too large`);
  return value as Scalar;
}

const shown = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function unexpected(token: Token, wanted: string): BadQuery {
  return new BadQuery(
    'filter',
    `has ${token.kind === 'end' ? 'its end' : shown(token.text)} at ${token.at + 1}, where ${wanted} should stand`,
  );
}
