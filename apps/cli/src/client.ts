import { randomUUID } from 'node:crypto';
import { EXIT, Fault } from './fault.ts';

/** What `fetch` takes as a body. */
export type Body = NonNullable<RequestInit['body']>;

/** HTTP to a running server. Paths are below `/api/v1`. */
export interface Client {
  readonly url: string;
  /**
   * What takes longer than a connection is kept is asked for again, under the same key: it is done once.
   *
   * @param body sent as JSON. @throws Fault with the exit code that fits
   */
  send<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  /** Sends a body as it is, a file for example, and gives the whole response. @throws Fault */
  raw(method: 'GET' | 'POST', path: string, body?: Body, headers?: Record<string, string>): Promise<Response>;
}

type ServerProblem = {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  rule?: string;
  fields?: { field: string; problem: string; hint?: string }[];
};

/** How often long work is waited for, each time as long as `fetch` waits (300 s) or a proxy on the way. */
const MOST_WAITS = 24;
/** What was sent has not been answered in time; it may be under way. */
class Late extends Fault {}

/** @param token asked for with the first request: making one may need the data folder */
export function httpClient(url: string, token: () => Promise<string>): Client {
  const base = url.replace(/\/+$/, '');
  let known: Promise<string> | undefined;

  async function raw(method: string, path: string, body?: Body, headers: Record<string, string> = {}): Promise<Response> {
    const authorization = `Bearer ${await (known ??= token())}`;
    let response: Response;
    try {
      // Streams want `duplex`, which the DOM's type does not know.
      response = await fetch(`${base}/api/v1${path}`, {
        method,
        body,
        headers: { authorization, ...headers },
        duplex: 'half',
      } as RequestInit);
    } catch (error) {
      if (reasonOf(error) === 'UND_ERR_HEADERS_TIMEOUT') throw new Late(EXIT.unreachable, `${base} has not answered in time.`);
      throw new Fault(EXIT.unreachable, `Nothing answers at ${base} (${reasonOf(error)}).`, {
        hint: 'Start it with `npm start`, or name another address with --url or RAPPORT_URL.',
      });
    }
    if (!response.ok) throw faultOf(response.status, await problemOf(response));
    return response;
  }

  return {
    url: base,
    raw,
    async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const sent: Record<string, string> = {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...headers,
      };
      for (let wait = 1; ; wait++)
        try {
          const response = await raw(method, path, body === undefined ? undefined : JSON.stringify(body), sent);
          const text = await response.text();
          return (text === '' ? undefined : JSON.parse(text)) as T;
        } catch (error) {
          if (!(error instanceof Late) || wait === MOST_WAITS) throw error;
        }
    },
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string; message?: string } | undefined) : undefined;
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}

async function problemOf(response: Response): Promise<ServerProblem> {
  const text = await response.text();
  try {
    return JSON.parse(text) as ServerProblem;
  } catch {
    return { detail: text.slice(0, 200) || response.statusText }; // something between us and the server answered
  }
}

function faultOf(status: number, problem: ServerProblem): Fault {
  const fields = (problem.fields ?? []).map(({ field, problem: what, hint }) => `\n  ${field} ${what}${hint ? ` (${hint})` : ''}`).join('');
  const message = `${problem.detail ?? problem.title ?? 'The server refused.'}${fields} [${status}${problem.code ? ` ${problem.code}` : ''}]`;
  if (status === 401)
    return new Fault(EXIT.refused, message, { hint: 'Give a token with --token or RAPPORT_TOKEN; `rapport token` makes one.', problem });
  if (status === 403) return new Fault(EXIT.refused, message, { hint: problem.rule, problem });
  if (status === 504) return new Late(EXIT.unreachable, message, { problem });
  if (status === 503 || status === 502) return new Fault(EXIT.unreachable, message, { hint: 'Try again in a moment.', problem });
  return new Fault(EXIT.failed, message, { problem });
}
