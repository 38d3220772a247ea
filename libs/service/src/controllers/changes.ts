import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnyView } from '#model';
import { context, inContext, kindOfView, type Change } from '#runtime';
import { RUNNING, type Running } from '../tokens.ts';
import { eventStream } from './event-stream.ts';

/** Pages learn here which rows they may see have moved: `{ view, kind, id, revision }`, never what is in them. */
@Controller('changes')
export class ChangesController {
  constructor(@Inject(RUNNING) readonly running: ReadonlyMap<string, Running>) {}

  @Get()
  async changes(@Req() _request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ctx = { ...context(), after: undefined };
    const stream = eventStream(reply);
    let chain = Promise.resolve();
    for (const { runtime } of this.running.values()) {
      const views = new Map<string, AnyView>(runtime.parts.views.map((view) => [view.name, view]));
      const tell = async (changes: Change[]): Promise<void> => {
        for (const change of changes) {
          const view = views.get(change.view);
          if (!view || change.tenant !== ctx.tenant || stream.closed) continue;
          const seen = await inContext(ctx, () => sees(runtime.views.many(view, [change.id])));
          if (seen)
            await stream.send({
              event: 'change',
              data: { view: view.name, kind: kindOfView(view), id: change.id, revision: change.revision },
            });
        }
      };
      const stop = runtime.freshness.onApplied(({ changes }) => {
        chain = chain.then(() => tell(changes)).catch(() => undefined); // a view that cannot be read now: its page asks again on reconnecting
      });
      stream.onClose(stop);
    }
  }
}

/** Forbidden is as good as unseen here. */
async function sees(found: Promise<unknown[]>): Promise<boolean> {
  try {
    return (await found).length > 0;
  } catch {
    return false; // a 403: this caller may read none of this kind
  }
}
