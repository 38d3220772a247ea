import { STATUS_CODES } from 'node:http';
import { Problem, type FieldProblem } from '#runtime';

/** What goes over the wire: RFC 9457, with our code and the id by which the log knows the request. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId?: string;
  fields?: FieldProblem[];
  [extension: string]: unknown;
};

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** What Fastify and Node say, in our words. Their own messages may quote what was sent. */
const BY_CODE: Record<string, () => Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new Problem(413, 'too-large', 'The body is larger than this address takes.', { limits: { default: '1 MB', bulk: '5 MB' } }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Problem(415, 'unsupported-media-type', 'Send application/json.', { accepts: ['application/json'] }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new Problem(400, 'bad-request', 'The body is not as long as Content-Length says.'),
  FST_ERR_BAD_URL: () => new Problem(400, 'bad-request', 'The address is not a valid URL.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new Problem(414, 'address-too-long', 'A part of the address is too long.'),
  FST_ERR_PROMISE_NOT_FULFILLED: () => new Problem(503, 'unavailable', 'No answer was ready in time.', { retryAfter: 1 }),
};

/** Errors of engines and others, by name: this side of the wall their classes are not known. */
const BY_NAME: Record<string, (error: Error) => Problem> = {
  TooLarge: (error) =>
    new Problem(413, 'event-too-large', 'What this would record is larger than the log takes.', numbers(error, 'bytes', 'limit')),
  StoreUnavailable: (error) =>
    new Problem(
      503,
      'store-unavailable',
      (error as Error & { inDoubt?: unknown }).inDoubt === true
        ? 'The store cannot be reached at the moment, and whether this request was kept is not known. Sent again under the same Idempotency-Key it is kept once.'
        : 'The store cannot take or give anything at the moment; nothing of this request was kept.',
      { retryAfter: 2 },
    ),
  VaultUnavailable: () =>
    new Problem(503, 'vault-unavailable', 'The keys of people cannot be had at the moment; nothing of this request was kept.', {
      retryAfter: 2,
    }),
  ModelsUnavailable: () => new Problem(503, 'views-unavailable', 'The views cannot be read at the moment.', { retryAfter: 2 }),
  DamagedLog: () =>
    new Problem(503, 'log-damaged', 'What was read from the log is not what was written; an operator has been told.', { retryAfter: 60 }),
  ErasedPerson: () => new Problem(410, 'erased', 'This would write about a person who was erased.'),
  BadQuery: (error) => {
    const field = String((error as Error & { field?: unknown }).field ?? 'query');
    return new Problem(400, 'bad-query', `The query cannot be answered as asked: ${field} ${error.message}.`, {
      fields: [{ field, problem: error.message }],
    });
  },
};

const BY_STATUS: Record<number, string> = {
  400: 'bad-request',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** Every error as a problem. What is not known is a bug: 500, and nothing of its inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return internal();
  const code = (error as Error & { code?: unknown }).code;
  const known = (typeof code === 'string' && BY_CODE[code]) || BY_NAME[error.name];
  if (known) return known(error);
  const status = statusOf(error);
  if (status === 404) return new Problem(404, 'not-found', 'There is nothing at this address.');
  if (status && status < 500) return new Problem(status, BY_STATUS[status] ?? 'bad-request', `${STATUS_CODES[status] ?? 'Bad request'}.`);
  return internal();
}

/** @param requestId by which the log knows the request */
export function bodyOf(problem: Problem, requestId?: string): ProblemBody {
  const { retryAfter: _, readAfter: __, ...more } = problem.more;
  return {
    ...more,
    type: `/problems/${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(requestId ? { requestId } : {}),
  };
}

const internal = () => new Problem(500, 'internal', 'Something went wrong on our side. The request id names it in the log.');

function statusOf(error: Error): number | undefined {
  const asked = error as Error & { getStatus?: () => unknown; statusCode?: unknown };
  const status = typeof asked.getStatus === 'function' ? asked.getStatus() : asked.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

const numbers = (error: object, ...names: string[]) =>
  Object.fromEntries(
    Object.entries(error).filter((entry): entry is [string, number] => names.includes(entry[0]) && typeof entry[1] === 'number'),
  );
