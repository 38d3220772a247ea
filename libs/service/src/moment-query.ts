import { invalid, momentOf, type FieldProblem, type Moment } from '#runtime';
import { MOMENT_PARAMETERS } from './documents/parameters.ts';

/** `?asOf=&knownAt=`: a moment in valid and in recorded time, each a day or a time with its offset; both may be absent, which is now. */
export class MomentQuery implements Moment {
  static readonly parameters = MOMENT_PARAMETERS;
  asOf?: string;
  knownAt?: string;

  /** @throws Problem 400 naming each parameter that is unknown or malformed */
  static from(raw: Record<string, unknown>): MomentQuery {
    const found: FieldProblem[] = [];
    for (const [field, value] of Object.entries(raw)) {
      if (field !== 'asOf' && field !== 'knownAt') found.push({ field, problem: 'is not known here', hint: 'asOf, knownAt' });
      else if (typeof value !== 'string') found.push({ field, problem: 'stands more than once' });
      else momentOf(value, 'UTC');
    }
    if (found.length > 0) throw invalid(found);
    return Object.assign(new MomentQuery(), raw);
  }
}
