import { invalid, type FieldProblem, type HistoryRequest } from '#runtime';
import { parameter, type Parameter } from './documents/parameters.ts';
import { MOST_PER_PAGE, PAGE_PARAMETERS } from './list-query.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/;

/** The query string of a history or timeline: `types=a,b`, `actor`, `from`, `to`, `limit`, `cursor`. */
export class HistoryQuery implements HistoryRequest {
  static readonly parameters: readonly Parameter[] = [
    parameter('types', 'Only these event types, by comma.'),
    parameter('actor', 'Only what this user did.'),
    parameter('from', 'From this day or time.'),
    parameter('to', 'Up to this day or time.'),
    ...PAGE_PARAMETERS,
  ];
  limit = 50;
  cursor?: string;
  types?: string[];
  actor?: string;
  from?: string;
  to?: string;

  /** @throws Problem 400 naming each parameter that is unknown or malformed */
  static from<Q extends typeof HistoryQuery>(this: Q, raw: Record<string, unknown>): InstanceType<Q> {
    const query = new this() as InstanceType<Q>;
    const known = this.parameters.map(({ name }) => name);
    const found: FieldProblem[] = [];
    for (const [field, value] of Object.entries(raw)) {
      if (!known.includes(field)) found.push({ field, problem: 'is not known here', hint: `one of ${known.join(', ')}` });
      else if (typeof value !== 'string' || value === '' || value.length > 2000)
        found.push({ field, problem: 'stands more than once, is empty or too long' });
      else if (field === 'limit' && !(/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_PER_PAGE))
        found.push({ field, problem: 'is not a number from 1 to 200' });
      else if ((field === 'from' || field === 'to') && !MOMENT.test(value))
        found.push({ field, problem: 'is neither a day nor a time in UTC', hint: '2026-03-01 or 2026-03-01T09:30:00Z' });
      else Object.assign(query, { [field]: field === 'limit' ? Number(value) : field === 'types' ? value.split(',') : value });
    }
    if (found.length > 0) throw invalid(found);
    return query;
  }
}

/** Of an audit trail: besides, only what belongs to one correlation. */
export class AuditQuery extends HistoryQuery {
  static override readonly parameters: readonly Parameter[] = [
    ...HistoryQuery.parameters,
    parameter('correlation', 'Only what belongs together: one act and all that followed, a bulk call, an import, an undo.'),
  ];
  correlation?: string;
}
