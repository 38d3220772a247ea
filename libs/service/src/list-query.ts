import { invalid, type FieldProblem, type ListRequest } from '#runtime';
import { parseFilter } from '#engines/read-models';
import { parameter, type Parameter } from './documents/parameters.ts';
import { textProblem } from './http/json-body.ts';

export const MOST_PER_PAGE = 200;
const LIMIT = parameter('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: MOST_PER_PAGE, default: 50 });
const CURSOR = parameter('cursor', 'The Rapport-Next of the page before.');
/** Of everything that comes in pages. */
export const PAGE_PARAMETERS = [LIMIT, CURSOR];

/**
 * A list's query string, read and checked: `filter`, `sort` (`-value,name`), `search`, `limit` (1 to 200, 50 unless told), `cursor` (a former
 * answer's `Rapport-Next`), `fields` (`id,name`), `count=true`, `removed=true` for the recycle list. A controller names it as the type of its
 * `@Query()` and hands it to `Views.list`.
 */
export class ListQuery implements ListRequest {
  static readonly parameters: readonly Parameter[] = [
    parameter('filter', 'What to keep, as an expression over indexed fields.'),
    parameter('sort', 'Fields to sort by, `-` before those that fall: `-value,name`.'),
    parameter('search', 'Text; every word of it must begin a word of the record.'),
    ...PAGE_PARAMETERS,
    parameter('fields', 'Which fields to show: `id,name`.'),
    parameter('count', 'Whether to say in Rapport-Count how many there are.', { type: 'boolean' }),
    parameter('removed', 'The recycle list instead of the present one.', { type: 'boolean' }),
  ];
  where?: ListRequest['where'];
  search?: string;
  sort?: { field: string; desc?: boolean }[];
  limit = 50;
  cursor?: string;
  fields?: string[];
  removed?: boolean;
  /** Whether the answer says how many there are in all, in `Rapport-Count`. */
  count?: boolean;

  /**
   * @param raw the query string's members; each at most once
   * @param further names that this address understands besides
   * @throws Problem 400 naming each parameter that is unknown or malformed
   */
  static from(raw: Record<string, unknown>, further: readonly string[] = []): ListQuery {
    const query = new ListQuery();
    const found: FieldProblem[] = [];
    const known = [...ListQuery.parameters.map(({ name }) => name), ...further];
    for (const [name, value] of Object.entries(raw)) {
      if (!known.includes(name)) found.push({ field: name, problem: 'is not known here', hint: `one of ${known.join(', ')}` });
      else if (typeof value !== 'string') found.push({ field: name, problem: 'stands more than once' });
      else if (textProblem(value)) found.push({ field: name, problem: textProblem(value)! });
      else {
        const problem = read(query, name, value);
        if (problem) found.push({ field: name, ...problem });
      }
    }
    if (found.length > 0) throw invalid(found);
    return query;
  }
}

function read(query: ListQuery, name: string, value: string): Omit<FieldProblem, 'field'> | undefined {
  switch (name) {
    case 'filter':
      query.where = parseFilter(value);
      return undefined;
    case 'search':
      if (value.length > 200) return { problem: 'is longer than 200 characters' };
      if (value.trim()) query.search = value;
      return undefined;
    case 'limit':
      if (!/^\d{1,3}$/.test(value) || Number(value) < 1 || Number(value) > MOST_PER_PAGE)
        return { problem: 'is not a number from 1 to 200', hint: '50' };
      query.limit = Number(value);
      return undefined;
    case 'cursor':
      if (value.length > 4000) return { problem: 'is no cursor of ours' };
      query.cursor = value;
      return undefined;
    case 'sort':
      return readSort(query, value);
    case 'fields':
      if (!/^[A-Za-z][\w.]*(,[A-Za-z][\w.]*){0,49}$/.test(value)) return { problem: 'is not a list of field names', hint: 'id,name' };
      query.fields = value.split(',');
      return undefined;
    case 'count':
    case 'removed':
      if (value !== 'true' && value !== 'false') return { problem: 'is neither true nor false' };
      query[name] = value === 'true';
      return undefined;
    default:
      return undefined; // the address reads it itself
  }
}

function readSort(query: ListQuery, value: string): Omit<FieldProblem, 'field'> | undefined {
  const keys = value.split(',');
  if (keys.length > 5 || !keys.every((key) => /^-?[A-Za-z][\w.]*$/.test(key)))
    return { problem: 'is not a list of at most five fields', hint: '-value,name' };
  query.sort = keys.map((key) => (key.startsWith('-') ? { field: key.slice(1), desc: true } : { field: key }));
  return undefined;
}
