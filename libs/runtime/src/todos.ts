import { createHash } from 'node:crypto';
import { defineEvent, Id, Text, type Decider, type EventType, uuidV5 } from '#model';
import type { Commands } from './commands.ts';
import { context, inContext, type RequestContext } from './context.ts';
import { Draft } from './draft.ts';
import type { Engines } from './engines.ts';
import { Problem } from './problem.ts';
import { TODOS } from './storage.ts';
import type { Todo } from './todo-plan.ts';

/** Settles a to-do whose command ended in a rejection or in nothing: so it is not sent again, also after a rebuild. */
export const settledEvent = (service: string): EventType<any, any> => {
  let event = events.get(service);
  if (!event)
    events.set(
      service,
      (event = defineEvent(`${service}.todo.settled`, { reaction: Text, eventId: Id, outcome: Text }, { internal: true })),
    );
  return event;
};
const events = new Map<string, EventType<any, any>>();

/**
 * Sends what reactions planned and is due. The command's id follows from the to-do, so sending twice is sending once; a to-do is settled by an
 * internal event in a stream of its own, read back from the log before it is sent again.
 */
export class TodoRunner {
  constructor(
    private readonly engines: Engines,
    private readonly commands: Commands,
    private readonly deciders: Map<string, Decider<any, any>>,
    private readonly asSystem: (tenant: string) => RequestContext,
  ) {}

  /** Sends everything due now, at most `limit`. To be called when the lane is level. @returns how many were sent */
  async run(limit = 500): Promise<number> {
    const now = new Date(this.engines.clock()).toISOString();
    let sent = 0;
    for (const { tenant, doc } of await this.due(now, limit)) {
      if (await this.settled(tenant, doc)) continue;
      await inContext(
        { ...this.asSystem(tenant), commandId: uuidV5(doc.eventId, doc.reaction), idempotent: true, causationId: doc.eventId },
        () => this.send(doc),
      );
      sent++;
    }
    return sent;
  }

  private async send(todo: Todo): Promise<void> {
    const decider = this.deciders.get(todo.kind);
    if (!decider) return this.settle(todo, 'unknown kind');
    try {
      await this.commands.run(decider, todo.recordId, todo.command, todo.data);
      await this.settle(todo, 'done');
    } catch (error) {
      // A refusal is an outcome; anything else is tried again.
      if (!(error instanceof Problem) || error.status >= 500 || error.status === 429) throw error;
      await this.settle(todo, error.code);
    }
  }

  private async settle(todo: Todo, outcome: string): Promise<void> {
    const ctx = context();
    const draft = new Draft(
      this.engines,
      { ...ctx, commandId: uuidV5(ctx.commandId, 'settle') },
      '',
      new Date(this.engines.clock()).toISOString(),
    );
    await this.engines.log.append([
      draft.addInternal(
        settledEvent(this.engines.log.log),
        this.stream(todo),
        { revision: 0, hash: '', recordedAt: '' },
        { reaction: todo.reaction, eventId: todo.eventId, outcome },
      ),
    ]);
  }

  private async settled(tenant: string, todo: Todo): Promise<boolean> {
    return (await this.engines.log.read(tenant, this.stream(todo))).length > 0;
  }

  private stream(todo: Todo): string {
    return `${this.engines.log.log}.todo/${createHash('sha256').update(`${todo.reaction}|${todo.eventId}|${todo.recordId}`).digest('hex').slice(0, 32)}`;
  }

  private async due(now: string, limit: number): Promise<{ tenant: string; doc: Todo }[]> {
    const found: { tenant: string; doc: Todo }[] = [];
    let after: { tenant: string; id: string } | undefined;
    for (;;) {
      const page = await this.engines.models.scan(TODOS, { limit: 1000, after });
      for (const { tenant, doc } of page) {
        const todo = doc as unknown as Todo;
        if (!todo.done && todo.at <= now) found.push({ tenant, doc: todo });
        if (found.length === limit) return found;
      }
      if (page.length < 1000) return found;
      after = page.at(-1)!;
    }
  }
}
