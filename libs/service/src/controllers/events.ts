import { Controller, Get, Inject, Query, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredEvent } from '#model';
import { context, inContext, invalid, type FieldProblem, type Journal } from '#runtime';
import { SERVICE, type Running } from '../tokens.ts';
import { cloudEvent } from './cloud-event.ts';
import { eventStream } from './event-stream.ts';

type FeedRequest = Parameters<Journal['feed']>[0];
const KNOWN = ['after', 'types', 'touches', 'actor', 'correlation', 'limit'];

/** A service's journal as CloudEvents: a batch in JSON, or, for `Accept: text/event-stream`, all there is and then what comes. */
export function eventsController(name: string): Type {
  @Controller(`services/${name}/events`)
  class EventsController {
    constructor(@Inject(SERVICE) readonly service: Running) {}

    @Get()
    async events(@Query() raw: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { journal, engines } = this.service.runtime;
      const asked = readFeed(raw, request.headers['last-event-id']);
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

function readFeed(raw: Record<string, unknown>, lastEventId: string | string[] | undefined): FeedRequest {
  const found: FieldProblem[] = [];
  const request: FeedRequest = { after: 0, limit: 100 };
  const values = { ...raw, ...(typeof lastEventId === 'string' && raw.after === undefined ? { after: lastEventId } : {}) };
  for (const [field, value] of Object.entries(values)) {
    if (!KNOWN.includes(field)) found.push({ field, problem: 'is not known here', hint: `one of ${KNOWN.join(', ')}` });
    else if (typeof value !== 'string' || value === '' || value.length > 1000)
      found.push({ field, problem: 'stands more than once, is empty or too long' });
    else if (field === 'after' || field === 'limit') {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (Number.isNaN(number) || (field === 'limit' && (number < 1 || number > 1000)))
        found.push({ field, problem: field === 'limit' ? 'is not a number from 1 to 1,000' : 'is not a position' });
      else request[field] = number;
    } else if (field === 'types') request.types = value.split(',');
    else request[field as 'touches' | 'actor' | 'correlation'] = value;
  }
  if (found.length > 0) throw invalid(found);
  return request;
}
