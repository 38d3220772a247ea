import { isDay } from '#model';
import { context, invalid, MOMENT_PARAMETERS, momentOf, PAGE_PARAMETERS, parameter, Problem, type FieldProblem } from '#service';
import { LABELS, PERIODS, type Asked, type GroupBy } from './sql.ts';

const GROUPS = [...Object.keys(PERIODS), ...Object.keys(LABELS)] as GroupBy[];
const FURTHER = ['figure', 'limit', 'cursor'];
/** Later than any event, earlier than the end of an open span. */
const NOW = '9998';

/**
 * The query string of figures: `from`, `to` (business days, inclusive), `by` (one or several of the groupings, `by=quarter,owner`), `asOf`, `knownAt`,
 * and a filter per grouping (`owner=<id>`, `stage=<id>`, several by comma). For records besides: `figure`, `limit`, `cursor`.
 */
export class FiguresQuery {
  static readonly parameters = [
    parameter('from', 'From this business day.', { type: 'string', format: 'date' }),
    parameter('to', 'Up to this business day.', { type: 'string', format: 'date' }),
    parameter('by', `One to three groupings, by comma: ${GROUPS.join(', ')}.`),
    ...MOMENT_PARAMETERS,
    ...Object.keys(LABELS).map((label) => parameter(label, 'Only of these, by comma: ids or names, `none` for those without.')),
  ];
  from?: string;
  to?: string;
  by: GroupBy[] = [];
  asOf?: string;
  knownAt?: string;
  figure?: string;
  limit = 100;
  cursor?: string;
  only: Asked['only'] = [];
  /** Filters by period, for opening a number of a quarter to its records. */
  periods: Record<string, string> = {};

  /** @throws Problem 400 naming each parameter that is unknown or malformed */
  static from(raw: Record<string, unknown>): FiguresQuery {
    const query = new FiguresQuery();
    const found: FieldProblem[] = [];
    for (const [field, value] of Object.entries(raw)) {
      if (typeof value !== 'string' || value === '' || value.length > 4000)
        found.push({ field, problem: 'stands more than once, is empty or too long' });
      else {
        const problem = read(query, field, value);
        if (problem) found.push({ field, ...problem });
      }
    }
    if (found.length > 0) throw invalid(found);
    return query;
  }

  /** As the statements take it, for this caller. @throws Problem 403 when the caller may not see deals */
  asked(zone: string): Asked {
    const { tenant, permissions } = context();
    const [reach, figures] = [permissions.may('read', 'sales.opportunity'), permissions.may('read', 'analytics')];
    if (!reach || !figures)
      throw new Problem(403, 'forbidden', 'You may not see sales figures.', {
        rule: permissions.why('read', reach ? 'analytics' : 'sales.opportunity'),
      });
    const hidden = permissions.hidden('sales.opportunity');
    if (hidden.includes('value'))
      throw new Problem(403, 'forbidden', 'You may not see what deals are worth.', { rule: 'hidden fields of sales.opportunity' });
    return {
      tenant,
      from: this.from,
      to: this.to,
      by: this.by,
      validAt: momentOf(this.asOf, zone) ?? NOW,
      knownAt: momentOf(this.knownAt, zone) ?? NOW,
      ...(reach.all ? {} : { owners: reach.owners }),
      only: this.only,
    };
  }
}

/** Of the records behind a number: besides, which number, and the period its group names. */
export class RecordsQuery extends FiguresQuery {
  static override readonly parameters = [
    ...FiguresQuery.parameters,
    parameter('figure', 'Which number: opened, won, lost or open.'),
    ...Object.keys(PERIODS).map((period) => parameter(period, `Only of this ${period}.`)),
    ...PAGE_PARAMETERS,
  ];
}

/** Of a board: besides, how many cards each stage shows. */
export class BoardThenQuery extends FiguresQuery {
  static override readonly parameters = [...FiguresQuery.parameters, ...PAGE_PARAMETERS.slice(0, 1)];
}

function read(query: FiguresQuery, field: string, value: string): Omit<FieldProblem, 'field'> | undefined {
  if (field === 'from' || field === 'to') {
    if (!isDay(value)) return { problem: 'is not a day of the calendar', hint: '2017-06-30' };
    query[field] = value;
  } else if (field === 'asOf' || field === 'knownAt') {
    momentOf(value, 'UTC');
    query[field] = value;
  } else if (field === 'by') {
    const by = value.split(',');
    if (by.length > 3 || new Set(by).size < by.length || !by.every((one) => GROUPS.includes(one as GroupBy)))
      return { problem: 'is not one to three groupings', hint: GROUPS.join(', ') };
    query.by = by as GroupBy[];
  } else if (field === 'figure') query.figure = value;
  else if (field === 'cursor') query.cursor = value;
  else if (field === 'limit') {
    if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > 1000) return { problem: 'is not a number from 1 to 1,000' };
    query.limit = Number(value);
  } else if (field in LABELS) query.only.push({ by: field as keyof typeof LABELS, values: value.split(',').slice(0, 1000) });
  else if (field in PERIODS) query.periods[field] = value;
  else return { problem: 'is not known here', hint: ['from', 'to', 'by', 'asOf', 'knownAt', ...GROUPS, ...FURTHER].join(', ') };
  return undefined;
}
