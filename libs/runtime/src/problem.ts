import type { Position } from './context.ts';

/** What was wrong with one field, and what would be right. `field`: a path as the client wrote it (`emails.0.address`). */
export type FieldProblem = { field: string; problem: string; hint?: string };

/**
 * An answer that is not the one asked for; served as `application/problem+json` (RFC 9457). `code` is stable and listed in
 * docs/reference/errors.md. Neither `detail` nor `more` ever hold personal data.
 * `readAfter`: what whoever asks again should have seen, sent as `Rapport-Position`.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly more: { fields?: FieldProblem[]; rule?: string; retryAfter?: number; readAfter?: Position; [extension: string]: unknown } = {},
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

export const notFound = () => new Problem(404, 'not-found', 'There is no such record, or it is not visible to you.');
export const invalid = (fields: FieldProblem[]) =>
  new Problem(400, 'invalid', `The request does not validate: ${fields.map((f) => `${f.field} ${f.problem}`).join('; ')}.`, { fields });
export const unavailable = (code: string, detail: string, retryAfter = 1) => new Problem(503, code, detail, { retryAfter });
