import type { FastifyReply } from 'fastify';
import type { Decider, View } from '#model';
import {
  context,
  formatPosition,
  span,
  type Accepted,
  type Commands,
  type HistoryPage,
  type Listed,
  type ListRequest,
  type Runtime,
  type Views,
} from '#runtime';
import { lagOf } from '../operations/lag.ts';
import type { HttpContext } from './request-context.ts';

/**
 * The service's commands as controllers hold them: the same door, seen through a request. Their promise still gives what was accepted, and the
 * reply gets `ETag`, `Rapport-Position`, `Location` and its status.
 */
export function commandsFor(runtime: Runtime): Commands {
  const { commands } = runtime;
  const answered = async (decider: Decider<any, any>, name: string, work: () => Promise<Accepted>): Promise<Accepted> => {
    const accepted = span(`command ${decider.kind} ${name}`, { 'rapport.service': runtime.service }, work, {
      parent: context().traceparent,
    });
    return answerAccepted(decider, accepted);
  };
  return Object.assign(Object.create(commands) as Commands, {
    create: (decider: Decider<any, any>, name: string, body: unknown, id?: string) =>
      answered(decider, name, () => commands.create(decider, name, body, id)),
    run: (decider: Decider<any, any>, id: string, name: string, body: unknown) =>
      answered(decider, name, () => commands.run(decider, id, name, body)),
  });
}

/** What was accepted, as it is answered to the request under way: the state as the caller may see it, `ETag`, `Rapport-Position`, `Location`. */
export async function answerAccepted(decider: Decider<any, any>, work: Promise<Accepted>): Promise<Accepted> {
  const accepted = await work;
  const { reply } = context() as HttpContext;
  if (reply) noteAccepted(reply, accepted, masked(decider, accepted));
  return accepted;
}

/** The service's views as controllers hold them: `get` also says the revision, `list` the next page and, when asked, the count. */
export function viewsFor(runtime: Runtime): Views {
  const { views } = runtime;
  lagOf(runtime); // begins to measure
  return Object.assign(Object.create(views) as Views, {
    async get(view: View<any>, id: string): Promise<unknown> {
      const { doc, revision } = await views.find(view, id);
      const { reply } = context() as HttpContext;
      if (!reply) return doc;
      reply.header('rapport-fresh', String(lagOf(runtime)));
      if (revision > 0) reply.header('etag', `"${revision}"`);
      return doc;
    },
    async list(view: View<any>, request: ListRequest & { count?: boolean }): Promise<Listed<any>> {
      const page = await span(`list ${view.name}`, { 'rapport.service': runtime.service }, () => views.list(view, request), {
        parent: context().traceparent,
      });
      const { reply } = context() as HttpContext;
      if (!reply) return page;
      reply.header('rapport-fresh', String(lagOf(runtime)));
      if (request.count) {
        const { count, more } = await views.count(view, request);
        reply.header('rapport-count', more ? `${count}+` : String(count));
      }
      return notePage(reply, page);
    },
  });
}

/** A page of history: a list like any other. */
export function noteHistory(page: HistoryPage): Listed<HistoryPage['items'][number]> {
  const { reply } = context() as HttpContext;
  return reply ? notePage(reply, page) : page;
}

/** What many commands have come to, answered with the end of the log: whoever reads after that position sees it all. */
export async function answerMany<T>({ engines: { log } }: Pick<Runtime, 'engines'>, work: Promise<T>): Promise<T> {
  const done = await work;
  const { reply } = context() as HttpContext;
  reply?.header('rapport-position', formatPosition({ log: log.log, partition: 0, position: await log.head() }));
  return done;
}

const bodies = new WeakMap<object, Record<string, unknown>>();
const pages = new WeakSet<object>();

function noteAccepted(reply: FastifyReply, accepted: Accepted, body: Record<string, unknown>): void {
  reply.header('etag', `"${accepted.revision}"`);
  if (accepted.position) reply.header('rapport-position', formatPosition(accepted.position));
  bodies.set(accepted, body);
}

function notePage<Doc>(reply: FastifyReply, page: Listed<Doc>): Listed<Doc> {
  pages.add(page);
  if (page.next) {
    reply.header('rapport-next', page.next);
    const [path, query = ''] = reply.request.url.split('?', 2);
    const asked = query.split('&').filter((one) => one !== '' && !one.startsWith('cursor='));
    reply.header('link', `<${path}?${[...asked, `cursor=${page.next}`].join('&')}>; rel="next"`);
  }
  return page;
}

/** The new state as this caller may see it. Who may not read the kind is told that it was done, no more. */
function masked(decider: Decider<any, any>, { id, revision, state }: Accepted): Record<string, unknown> {
  const { permissions } = context();
  if (!permissions.may('read', decider.kind) || state === null || typeof state !== 'object') return { id, revision };
  const hidden = permissions.hidden(decider.kind);
  return { ...Object.fromEntries(Object.entries(state).filter(([field]) => !hidden.includes(field))), id, revision };
}

/** The last step before a payload becomes text: what was accepted is shown as its state, a page as a list, which may be text already. */
export function shape(reply: FastifyReply, payload: unknown): unknown {
  if (payload === null || typeof payload !== 'object') return payload;
  const body = bodies.get(payload);
  if (body) {
    const accepted = payload as Accepted;
    reply.code(accepted.created ? 201 : 200);
    if (accepted.created && !reply.hasHeader('location')) reply.header('location', `${reply.request.url.split('?')[0]}/${accepted.id}`);
    return body;
  }
  if (!pages.has(payload)) return payload;
  const { json } = payload as Listed;
  if (json === undefined) return (payload as Listed).items;
  reply.serializer(() => json);
  return payload;
}
