import { invalid, type FieldProblem, type HistoryRequest } from '#runtime';
import { ListQuery, MOST_PER_PAGE, type QueryParameter } from './list-query.ts';

const KNOWN = ['limit', 'cursor', 'types', 'actor', 'from', 'to'];
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/;

/** The query string of a history or timeline: `types=a,b`, `actor`, `from`, `to`, `limit`, `cursor`. */
export class HistoryQuery implements HistoryRequest {
  static readonly parameters: readonly QueryParameter[] = [
    { name: 'types', description: 'Only these event types.' },
    { name: 'actor', description: 'Only what this user did.' },
    { name: 'from', description: 'From this day or time.' },
    { name: 'to', description: 'Up to this day or time.' },
    ...ListQuery.parameters.filter(({ name }) => name === 'limit' || name === 'cursor'),
  ];

  limit = 50;
  cursor?: string;
  types?: string[];
  actor?: string;
  from?: string;
  to?: string;

  /** @throws Problem 400 naming each parameter that is unknown or malformed */
  static from(raw: Record<string, unknown>): HistoryQuery {
    const query = new HistoryQuery();
    const found: FieldProblem[] = [];
    for (const [field, value] of Object.entries(raw)) {
      if (!KNOWN.includes(field)) found.push({ field, problem: 'is not known here', hint: `one of ${KNOWN.join(', ')}` });
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
