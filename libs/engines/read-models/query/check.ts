import { BadQuery, type CollectionSpec, type Scalar, type Where } from '../port.ts';

const DEEPEST = 32;
const MOST_TERMS = 10_000;
const MOST_VALUES = 10_000;
const LONGEST_VALUE = 10_000;
const MOST_SORT_KEYS = 5;
const MOST_PER_PAGE = 1_000;

const SINGLE = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'has', 'prefix']);
const LISTS = new Set(['in', 'hasAny']);

/** The fields of a collection that can be asked by: those of its indexes. */
export const askable = (spec: CollectionSpec): string[] => [...new Set(spec.indexes.flat())];

/** @throws BadQuery naming the field that has no index, with what there is */
export function checkField(fields: ReadonlySet<string>, field: unknown, purpose: string): void {
  if (typeof field !== 'string') throw new BadQuery('', 'a field is named by text');
  if (fields.has(field)) return;
  throw new BadQuery(field, `cannot be ${purpose}; possible: ${[...fields].sort().join(', ') || 'none'}`);
}

/** @throws BadQuery when a page of this size is not given */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) throw new BadQuery('limit', `is a number from 1 to ${MOST_PER_PAGE}`);
}

/** @throws BadQuery for a field without an index, named twice, or one too many */
export function checkSort(fields: ReadonlySet<string>, sort: { field: string; desc?: boolean }[]): { field: string; desc?: boolean }[] {
  if (sort.length > MOST_SORT_KEYS) throw new BadQuery('sort', `has more than ${MOST_SORT_KEYS} keys`);
  const seen = new Set<string>();
  for (const { field } of sort) {
    checkField(fields, field, 'sorted by');
    if (seen.has(field)) throw new BadQuery(field, 'is sorted by twice');
    seen.add(field);
  }
  return sort;
}

/**
 * Checks a where-tree against what is indexed and brings it into a plain form: nested `and`/`or` taken up, alternatives of one field gathered
 * into one list (so that a thousand ids cost one look-up each, not a tree).
 *
 * @throws BadQuery for a field without an index, a value that does not suit its operator, too deep or too many terms
 */
export function plainWhere(fields: ReadonlySet<string>, where: Where): Where {
  const budget = { terms: MOST_TERMS };
  return plain(where, 0);

  function plain(node: Where, depth: number): Where {
    if (depth > DEEPEST) throw new BadQuery('filter', `is nested deeper than ${DEEPEST}`);
    if (node === null || typeof node !== 'object') throw new BadQuery('filter', 'is no where-tree');
    if ('and' in node) return { and: all(node.and, depth).flatMap((one) => ('and' in one ? one.and : [one])) };
    if ('or' in node) return { or: gathered(all(node.or, depth).flatMap((one) => ('or' in one ? one.or : [one]))) };
    if ('not' in node) return { not: plain(node.not, depth + 1) };
    if (--budget.terms < 0) throw new BadQuery('filter', `has more than ${MOST_TERMS} terms`);
    checkField(fields, node.field, 'filtered by');
    checkValue(node.field, node.op, node.value);
    return node;
  }

  function all(nodes: unknown, depth: number): Where[] {
    if (!Array.isArray(nodes)) throw new BadQuery('filter', 'and/or take a list');
    return nodes.map((one) => plain(one as Where, depth + 1));
  }
}

function gathered(alternatives: Where[]): Where[] {
  const lists = new Map<string, Extract<Where, { op: 'in' | 'hasAny' }>>();
  const rest: Where[] = [];
  for (const one of alternatives) {
    const op =
      'op' in one
        ? one.op === 'eq' || one.op === 'in'
          ? 'in'
          : one.op === 'has' || one.op === 'hasAny'
            ? 'hasAny'
            : undefined
        : undefined;
    if (!op || !('op' in one)) {
      rest.push(one);
      continue;
    }
    const key = `${op} ${one.field}`;
    const list = lists.get(key) ?? { field: one.field, op, value: [] };
    lists.set(key, { ...list, value: list.value.concat(one.value) });
  }
  return [...lists.values(), ...rest];
}

function checkValue(field: string, op: string, value: unknown): void {
  if (LISTS.has(op)) {
    if (!Array.isArray(value)) throw new BadQuery(field, `${op} takes a list of values`);
    if (value.length > MOST_VALUES) throw new BadQuery(field, `${op} takes at most ${MOST_VALUES} values`);
    for (const one of value) checkScalar(field, one);
    if (op === 'hasAny' && value.includes(null)) throw new BadQuery(field, 'no list has null as an element');
    return;
  }
  if (!SINGLE.has(op)) throw new BadQuery(field, `${String(op)} is no operator: possible are ${[...SINGLE, ...LISTS].join(', ')}`);
  checkScalar(field, value);
  if (value === null && op !== 'eq' && op !== 'ne') throw new BadQuery(field, `${op} does not take null`);
  if (op === 'prefix' && typeof value !== 'string') throw new BadQuery(field, 'prefix takes text');
}

function checkScalar(field: string, value: unknown): asserts value is Scalar {
  const fits =
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'string';
  if (!fits) throw new BadQuery(field, 'is compared with text, a number, true, false or null');
  if (typeof value === 'string' && value.length > LONGEST_VALUE)
    throw new BadQuery(field, `is compared with at most ${LONGEST_VALUE} characters`);
}
