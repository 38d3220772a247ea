import { Controller, Get, Inject, Query, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredEvent } from '#model';
import { context, inContext, invalid, type FieldProblem } from '#runtime';
import { parameter } from '../documents/parameters.ts';
import { SERVICE, type Running } from '../tokens.ts';
import { cloudEvent } from './cloud-event.ts';
import { eventStream } from './event-stream.ts';

const MOST = 1_000;

/** A service's journal as CloudEvents: a batch in JSON, or, for `Accept: text/event-stream`, all there is and then what comes. */
export function eventsController(name: string): Type {
  @Controller(`services/${name}/events`)
  class EventsController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Get()
    async events(@Query() query: FeedQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { journal, engines } = this.service.runtime;
      const asked = { ...query, after: startOf(query, request.headers['last-event-id']) };
      if (!/text\/event-stream/.test(request.headers.accept ?? '')) {
        const { events, last, head } = await journal.feed(asked);
        void reply
          .header('content-type', 'application/cloudevents-batch+json; charset=utf-8')
          .header('rapport-next', String(last))
          .header('rapport-head', String(head))
          .send(JSON.stringify(events.map(cloudEvent)));
        return;
      }
      const ctx = context();
      // Refusals come as problems, before the stream begins.
      let page = await journal.feed(asked);
      const stream = eventStream(reply);
      let after = asked.after;
      let moved = () => {};
      const stop = engines.log.onAppended(() => moved());
      stream.onClose(() => (stop(), moved()));
      while (!stream.closed) {
        const appended = new Promise<void>((resolve) => (moved = resolve));
        for (const event of page.events) await stream.send(sse(event));
        after = page.last;
        if (after >= page.head) await appended;
        if (stream.closed) return;
        page = await inContext(ctx, () => journal.feed({ ...asked, after }));
      }
    }
  }
  Object.defineProperty(EventsController, 'name', { value: `Events_${name}` });
  return EventsController;
}

const sse = (event: StoredEvent) => ({ id: String(event.position), event: event.type, data: cloudEvent(event) });

/** The query string of a feed: `after`, `types`, `touches`, `actor`, `correlation`, `limit`. */
export class FeedQuery {
  static readonly parameters = [
    parameter('after', 'The position after which to begin; 0 is before the first event.', { type: 'integer', minimum: 0, default: 0 }),
    parameter('types', 'Only these event types, by comma.'),
    parameter('touches', 'Only what touches this record: `contacts.contact/<id>`.'),
    parameter('actor', 'Only what this user did.'),
    parameter('correlation', 'Only what belongs to this correlation.'),
    parameter('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: MOST, default: 100 }),
  ];
  after?: number;
  limit = 100;
  types?: string[];
  touches?: string;
  actor?: string;
  correlation?: string;

  /** @throws Problem 400 naming each parameter that is unknown or malformed */
  static from(raw: Record<string, unknown>): FeedQuery {
    const known = FeedQuery.parameters.map(({ name }) => name);
    const found: FieldProblem[] = [];
    const query = new FeedQuery();
    for (const [field, value] of Object.entries(raw)) {
      if (!known.includes(field)) found.push({ field, problem: 'is not known here', hint: `one of ${known.join(', ')}` });
      else if (typeof value !== 'string' || value === '' || value.length > 1000)
        found.push({ field, problem: 'stands more than once, is empty or too long' });
      else if (field === 'after' || field === 'limit') {
        const number = positionOf(value);
        if (number === undefined || (field === 'limit' && (number < 1 || number > MOST)))
          found.push({ field, problem: field === 'limit' ? 'is not a number from 1 to 1,000' : 'is not a position' });
        else query[field] = number;
      } else if (field === 'types') query.types = value.split(',');
      else query[field as 'touches' | 'actor' | 'correlation'] = value;
    }
    if (found.length > 0) throw invalid(found);
    return query;
  }
}

const positionOf = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

/** Where to begin: as asked, else where a reader that comes back had got to. @throws Problem 400 */
function startOf({ after }: FeedQuery, lastEventId: string | string[] | undefined): number {
  if (after !== undefined || typeof lastEventId !== 'string') return after ?? 0;
  const last = positionOf(lastEventId);
  if (last === undefined) throw invalid([{ field: 'Last-Event-ID', problem: 'is not a position' }]);
  return last;
}
