import { KEPT_AT } from '../offline/kept.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import type { Paths, Schemas } from './schema.ts';

type Method = 'get' | 'post' | 'put' | 'patch';
type PathsWith<M extends Method> = { [P in keyof Paths]: M extends keyof Paths[P] ? P : never }[keyof Paths];
type Of<P extends keyof Paths, M extends Method> = M extends keyof Paths[P] ? Paths[P][M] : never;
type AnswerOf<P extends keyof Paths, M extends Method> = Of<P, M> extends { answer: infer A } ? A : never;
type QueryOf<P extends keyof Paths, M extends Method> = Of<P, M> extends { query: infer Q } ? Q : Record<string, never>;
type BodyOf<P extends keyof Paths, M extends Method> = Of<P, M> extends { body: infer B } ? B : undefined;
type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type PathParams<P> = [NamesIn<P>] extends [never] ? { params?: undefined } : { params: Record<NamesIn<P>, string> };

export type Headers_ = Record<string, string>;
type Common = { signal?: AbortSignal; headers?: Headers_ };
type Reading<P extends keyof Paths> = PathParams<P> & Common & { query?: QueryOf<P, 'get'> };
/** `act`: of which act of the user this is a part, see acts.ts. `ifMatch`: the revision it is meant for. */
type Writing<P extends keyof Paths, M extends Method> = PathParams<P> &
  Common & { query?: QueryOf<P, M>; act?: Act; ifMatch?: number } & (undefined extends BodyOf<P, M>
    ? { body?: BodyOf<P, M> }
    : { body: BodyOf<P, M> });

/** One act of the user: everything it sends carries its correlation, by which it can be undone, and a key per request, by which it is done once. */
export type Act = { correlation: string; key: string };
export const newAct = (): Act => ({ correlation: crypto.randomUUID(), key: crypto.randomUUID() });

/** What was answered. `next`: the cursor of the page after. `count`: how many there are in all, `10000+` where that is not counted out. */
export type Answer<T> = { data: T; status: number; revision?: number; next?: string; count?: string; fresh?: number; position?: string };

/** What an answer says of itself. `kept`: it was kept on this device, for the server cannot be reached. */
export type Heard = { fresh?: number; kept: boolean };

/** What the client needs of the session. `as`: whose eyes to look through, if not one's own. */
export type Access = {
  token: () => Promise<string | undefined>;
  distrust: () => void;
  signInAgain: () => Promise<never>;
  as?: () => string | undefined;
};

const MOST_TRIES = 4;
const LONGEST_WAIT = 10;
/** A read waits for what this page has written a moment ago; what is older has long been seen. */
const OWN_WRITES = 30_000;

/** HTTP to the services: typed by the served document, refusals thrown as `ApiProblem`. */
export function openClient(
  access: Access,
  { fetch: send = fetch.bind(globalThis), wait = sleep }: { fetch?: typeof fetch; wait?: typeof sleep } = {},
) {
  let written: { position: string; at: number } | undefined;
  const heard = new Set<(answer: Heard) => void>();
  // Of acts too: the server then refuses what would be done in another's name.
  const eyes = (): Headers_ => {
    const as = access.as?.();
    return as === undefined ? {} : { 'rapport-as': as };
  };

  async function ask<T>(
    method: Method,
    path: string,
    how: Common & { params?: Record<string, string>; query?: unknown; body?: unknown; act?: Act; ifMatch?: number },
  ): Promise<Answer<T>> {
    const url = addressOf(path, how.params, (how.query ?? {}) as object);
    const key = how.act?.key ?? (method === 'get' ? undefined : crypto.randomUUID());
    let refreshed = false;
    for (let attempt = 1; ; attempt++) {
      const headers: Headers_ = { accept: 'application/json', ...eyes(), ...how.headers };
      const token = await access.token();
      if (token) headers.authorization = `Bearer ${token}`;
      if (method === 'get' && written && Date.now() - written.at < OWN_WRITES && attempt < MOST_TRIES)
        headers['rapport-after'] = written.position;
      if (key) headers['idempotency-key'] = key;
      if (how.act) headers['rapport-correlation'] = how.act.correlation;
      if (how.ifMatch !== undefined) headers['if-match'] = `"${how.ifMatch}"`;
      const isRaw = typeof how.body === 'string' || how.body instanceof Blob;
      if (how.body !== undefined && !isRaw) headers['content-type'] = 'application/json';
      const answer = await send(url, {
        method: method.toUpperCase(),
        headers,
        signal: how.signal,
        ...(how.body === undefined ? {} : { body: isRaw ? (how.body as Blob) : JSON.stringify(how.body) }),
      }).catch((error: Error) => {
        if (error.name === 'AbortError') throw error;
        throw new Unreachable(error.message);
      });
      // Also of a refusal: what it was refused for is then seen.
      const position = answer.headers.get('rapport-position') ?? undefined;
      if (position) written = { position, at: Date.now() };
      if (answer.ok) return taken<T>(answer, position);
      const problem = await problemOf(answer);
      if (problem.status === 401) {
        access.distrust();
        if (refreshed) await access.signInAgain();
        refreshed = true;
      } else if ((problem.status === 429 || problem.status === 503) && attempt < MOST_TRIES && (problem.retryAfter ?? 1) <= LONGEST_WAIT)
        await wait((problem.retryAfter ?? 1) * 1000 * attempt, how.signal);
      else throw problem;
    }
  }

  async function taken<T>(answer: Response, position: string | undefined): Promise<Answer<T>> {
    const { headers } = answer;
    const fresh = headers.has('rapport-fresh') ? Number(headers.get('rapport-fresh')) : undefined;
    for (const listener of heard) listener({ fresh, kept: headers.has(KEPT_AT) });
    const revision = /^"(\d+)"$/.exec(headers.get('etag') ?? '')?.[1];
    const text = await answer.text();
    const isJson = /json/.test(headers.get('content-type') ?? '');
    return {
      data: (isJson && text !== '' ? JSON.parse(text) : text) as T,
      status: answer.status,
      ...(revision ? { revision: Number(revision) } : {}),
      next: headers.get('rapport-next') ?? undefined,
      count: headers.get('rapport-count') ?? undefined,
      fresh,
      position,
    };
  }

  return {
    get: <P extends PathsWith<'get'>>(path: P, how: Reading<P>) => ask<AnswerOf<P, 'get'>>('get', path, how),
    post: <P extends PathsWith<'post'>>(path: P, how: Writing<P, 'post'>) => ask<AnswerOf<P, 'post'>>('post', path, how),
    put: <P extends PathsWith<'put'>>(path: P, how: Writing<P, 'put'>) => ask<AnswerOf<P, 'put'>>('put', path, how),
    patch: <P extends PathsWith<'patch'>>(path: P, how: Writing<P, 'patch'>) => ask<AnswerOf<P, 'patch'>>('patch', path, how),
    /** Any address by its text, where which one is only known when it runs: lists of any kind, for example. */
    read: <T>(path: string, query: object = {}, how: Common = {}) => ask<T>('get', path, { ...how, query }),
    /** As `read`, for what is sent. */
    send: <T>(method: 'post' | 'put' | 'patch', path: string, body: unknown, how: Common & { act?: Act; ifMatch?: number } = {}) =>
      ask<T>(method, path, { ...how, body }),
    /** A request of its own, for streams and files: with the token, nothing else. */
    async raw(path: string, init: RequestInit & { headers?: Headers_ } = {}): Promise<Response> {
      const token = await access.token();
      // One tab hears of changes for all of them, so it hears with one's own ears.
      const own = path === '/changes' ? {} : eyes();
      return send(`/api/v1${path}`, {
        ...init,
        headers: { ...own, ...init.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      });
    },
    /** Hears of every answer how far its view lags, and whether it is one that was kept. */
    onAnswer(listener: (answer: Heard) => void): () => void {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  };
}

export type Client = ReturnType<typeof openClient>;

/** `/contacts/{id}` with its parameters in place. Members of the query that are undefined or empty are left out. */
export function addressOf(path: string, params: Record<string, string> = {}, query: object = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${filled}${text ? `?${text}` : ''}`;
}

/** What stands in a refusal; where something else than the server answered, a problem of that status. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const after = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isNaN(after) ? undefined : after;
  const text = await answer.text();
  if (/problem\+json/.test(answer.headers.get('content-type') ?? ''))
    return new ApiProblem(JSON.parse(text) as Schemas['Problem'] & Record<string, unknown>, retryAfter);
  return new ApiProblem(
    { type: '', title: answer.statusText, status: answer.status, code: `http-${answer.status}`, detail: answer.statusText },
    retryAfter,
  );
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
