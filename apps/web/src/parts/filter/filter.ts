import type { Field } from '../../api/field-kinds.ts';
import { dayIn } from '../../format/format.ts';

/** How a field is compared, in our words; what the server calls it follows from it and the value. */
export type Op = 'is' | 'isNot' | 'anyOf' | 'starts' | 'more' | 'less' | 'before' | 'after' | 'has' | 'hasNot' | 'empty' | 'filled';
export type Value = string | number | boolean | readonly string[] | undefined;
export type Condition = { field: string; op: Op; value?: Value };
/** Conditions that must all hold, and groups of which any must: nested once, no deeper. */
export type Filter = readonly (Condition | { any: readonly Condition[] })[];

/** The comparisons that make sense for what a field holds; the first is the usual one. */
export function opsOf(field: Field): readonly Op[] {
  switch (field.kind) {
    case 'choice':
      return ['is', 'isNot', 'anyOf'];
    case 'ref':
      return ['is', 'anyOf', 'empty', 'filled'];
    case 'refs':
    case 'tags':
      return ['has', 'hasNot'];
    case 'number':
    case 'money':
      return ['more', 'less', 'is', 'empty'];
    case 'day':
    case 'instant':
      return ['after', 'before', 'empty', 'filled'];
    case 'flag':
      return ['is'];
    default:
      return ['starts', 'is', 'empty', 'filled'];
  }
}

export const needsValue = (op: Op): boolean => op !== 'empty' && op !== 'filled';
export const isGroup = (part: Filter[number]): part is { any: readonly Condition[] } => 'any' in part;

/** The day that a condition names: an instant is the beginning of one, in the zone whose days are meant. Empty where there is none. */
export function dayOf(value: unknown, zone: string): string {
  const text = String(value ?? '');
  return text.includes('T') && !Number.isNaN(Date.parse(text)) ? dayIn(text, zone) : text.slice(0, 10);
}

/** Whether a condition says enough to be asked. */
export const isWhole = ({ op, value }: Condition): boolean =>
  !needsValue(op) || (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '');

/** The filter as lists take it; undefined when it says nothing. What is half written is left out. */
export function filterText(filter: Filter): string | undefined {
  const parts = filter.flatMap((part) => {
    if (!isGroup(part)) return isWhole(part) ? [termOf(part)] : [];
    const any = part.any.filter(isWhole).map(termOf);
    return any.length > 1 ? [`(${any.join(' or ')})`] : any;
  });
  return parts.length > 0 ? parts.join(' and ') : undefined;
}

const SERVER_OPS: Partial<Record<Op, string>> = {
  is: 'eq',
  isNot: 'ne',
  starts: 'prefix',
  more: 'gt',
  less: 'lt',
  before: 'lt',
  after: 'gte',
  has: 'has',
};

function termOf({ field, op, value }: Condition): string {
  if (op === 'empty') return `${field} eq null`;
  if (op === 'filled') return `${field} ne null`;
  if (op === 'hasNot') return `not ${field} has ${JSON.stringify(value)}`;
  if (op === 'anyOf') return `${field} in (${(value as readonly string[]).map((one) => JSON.stringify(one)).join(', ')})`;
  return `${field} ${SERVER_OPS[op]} ${JSON.stringify(value)}`;
}

const TERM =
  /^\s*(not\s+)?([A-Za-z][\w.]*)\s+(eq|ne|gt|gte|lt|lte|prefix|has|in)\s+(?:("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)|\(((?:\s*"(?:[^"\\]|\\.)*"\s*,?)+)\))\s*/;

/**
 * A filter read back from its text, as a saved view or an address keeps it.
 *
 * @param fields what the view's fields hold: by it `gte` is read as after, or more
 * @returns undefined when the text says what this form of filter cannot: then it is kept as it is
 */
export function parseFilter(text: string, fields: Readonly<Record<string, Field>>): Filter | undefined {
  const filter: Filter[number][] = [];
  let rest = text.trim();
  while (rest !== '') {
    if (rest.startsWith('(')) {
      const any: Condition[] = [];
      rest = rest.slice(1);
      for (;;) {
        const term = takeTerm(rest, fields);
        if (!term) return undefined;
        any.push(term.condition);
        rest = term.rest;
        if (rest.startsWith('or ')) rest = rest.slice(3);
        else if (rest.startsWith(')')) break;
        else return undefined;
      }
      rest = rest.slice(1).trimStart();
      filter.push({ any });
    } else {
      const term = takeTerm(rest, fields);
      if (!term) return undefined;
      filter.push(term.condition);
      rest = term.rest;
    }
    if (rest === '') break;
    if (!rest.startsWith('and ')) return undefined;
    rest = rest.slice(4).trimStart();
  }
  return filter;
}

function takeTerm(text: string, fields: Readonly<Record<string, Field>>): { condition: Condition; rest: string } | undefined {
  const match = TERM.exec(text);
  if (!match) return undefined;
  const [all, not, field = '', op, single, list] = match;
  const condition = conditionOf(field, op!, single, list, not !== undefined, fields[field]);
  return condition && { condition, rest: text.slice(all.length) };
}

function conditionOf(
  field: string,
  op: string,
  single: string | undefined,
  list: string | undefined,
  not: boolean,
  holds: Field | undefined,
): Condition | undefined {
  if (list !== undefined) return op === 'in' && !not ? { field, op: 'anyOf', value: JSON.parse(`[${list}]`) as string[] } : undefined;
  const value = JSON.parse(single!) as string | number | boolean | null;
  if (op === 'has') return { field, op: not ? 'hasNot' : 'has', value: value as string };
  if (not) return undefined;
  if (value === null) return op === 'eq' ? { field, op: 'empty' } : op === 'ne' ? { field, op: 'filled' } : undefined;
  const isTime = holds?.kind === 'day' || holds?.kind === 'instant';
  const ops: Record<string, Op | undefined> = {
    eq: 'is',
    ne: 'isNot',
    prefix: 'starts',
    gt: 'more',
    lt: isTime ? 'before' : 'less',
    gte: isTime ? 'after' : undefined,
  };
  const known = ops[op];
  return known && { field, op: known, value };
}
