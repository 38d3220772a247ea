/** What the command line's exit says. Listed in `rapport --help`. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, findings: 5 } as const;

/** An end with a sentence and an exit code; `hint` says what to do about it. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly exit: number;
  readonly hint: string | undefined;
  /** What the server answered, for `--json`. */
  readonly problem: unknown;
  constructor(exit: number, message: string, { hint, problem }: { hint?: string; problem?: unknown } = {}) {
    super(message);
    this.exit = exit;
    this.hint = hint;
    this.problem = problem;
  }
}
