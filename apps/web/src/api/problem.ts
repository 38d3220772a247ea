import type { Schemas } from './schema.ts';

export type FieldProblem = { field: string; problem: string; hint?: string };

/** A refusal of the server, as it says it: a stable `code`, what is wrong in words, and field by field where it is about fields. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** By which rule a role was refused. */
  readonly rule: string | undefined;
  /** By which the server's log knows the request. */
  readonly requestId: string | undefined;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number | undefined;
  /** What else it says, by its code. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(body: Schemas['Problem'] & Record<string, unknown>, retryAfter?: number) {
    super(body.detail);
    this.status = body.status;
    this.code = body.code;
    this.fields = body.fields ?? [];
    this.rule = typeof body.rule === 'string' ? body.rule : undefined;
    this.requestId = body.requestId;
    this.retryAfter = retryAfter;
    this.more = body;
  }

  /** What is wrong with a field, in words. */
  of(field: string): string | undefined {
    const found = this.fields.find((one) => one.field === field || one.field.startsWith(`${field}.`));
    return found && `${found.problem}${found.hint ? ` (${found.hint})` : ''}`;
  }
}

/** The server could not be reached. What was sent may or may not have arrived; sent again under the same key it is done once. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
