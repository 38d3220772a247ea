import { createHash } from 'node:crypto';
import { canonical, defineEvent, Id, Instant, List, OneOf, Struct, Text, Count, type Decider, type EventType } from '#model';
import { aboutOf } from './about.ts';
import { context } from './context.ts';
import { Draft } from './draft.ts';
import type { Engines } from './engines.ts';
import { notFound, Problem } from './problem.ts';
import type { Swept } from './sweep.ts';
import { visible } from './access.ts';
import { streamOf, type Streams } from './streams.ts';

/** When no key fetched before an erasure can still be cached anywhere: 60 s, and 5 to be sure. */
export const KEYS_ARE_GONE = 65_000;

/** Recorded when a service has folded again everything that named an erased person. */
export const sweptEvent = (service: string): EventType<any, any> => {
  let event = events.get(service);
  if (!event) {
    event = defineEvent(`${service}.erasure.swept`, {
      person: Id,
      pass: OneOf('first', 'second'),
      streams: Count,
      rows: Count,
      stores: List(Struct({ store: Text, how: Text })),
      at: Instant,
    });
    events.set(service, event);
  }
  return event;
};
const events = new Map<string, EventType<any, any>>();

export type Erased = { id: string; people: string[]; erasedAt: string };

/**
 * Erasing: the key is destroyed and a tombstone left before the fact is recorded; a crash in between is finished by asking again. Everybody of a
 * merged cluster goes together.
 */
export class Erasure {
  constructor(
    private readonly engines: Engines,
    private readonly streams: Streams,
  ) {}

  /** @throws Problem 404, 403; 409 `confirmation-needed` when others were merged into the record and `confirm` does not name them all */
  async erase(of: Decider<any, any>, id: string, members: string[], confirm: string[]): Promise<Erased> {
    const ctx = context();
    const reach = ctx.permissions.may('erase', of.kind);
    const first = await this.streams.load(of, ctx.tenant, id);
    if (first.revision === 0 || !visible(ctx.permissions, of, first)) throw notFound();
    if (!reach) throw new Problem(403, 'forbidden', 'You may not erase this.', { rule: ctx.permissions.why('erase', of.kind) });
    const others = members.filter((member) => member !== id);
    if (others.some((member) => !confirm.includes(member)))
      throw new Problem(409, 'confirmation-needed', 'Others were merged with this record and are erased with it; name them in "confirm".', {
        members: others,
      });
    const people = members.map((member) => streamOf(of.kind, member));
    const at = new Date(this.engines.clock()).toISOString();
    const [erasedAt] = await this.engines.vault.destroy(ctx.tenant, people, at);
    for (const member of members) await this.record(of, member);
    for (const person of people) this.engines.sealer.forget(ctx.tenant, person);
    this.streams.forget();
    return { id, people, erasedAt: erasedAt ?? at };
  }

  /** Writes down what a sweep found, in a stream of the person's erasure. */
  async recordSweep(swept: Swept, pass: 'first' | 'second', stores: { store: string; how: string }[]): Promise<void> {
    const ctx = context();
    const event = sweptEvent(this.engines.log.log);
    const stream = `${this.engines.log.log}.erasure/${createHash('sha256').update(`${swept.tenant}|${swept.person}`).digest('hex').slice(0, 32)}`;
    const tail = (await this.engines.log.read(swept.tenant, stream)).at(-1);
    const at = new Date(this.engines.clock()).toISOString();
    const draft = new Draft(this.engines, { ...ctx, tenant: swept.tenant }, hash({ swept, pass }), at);
    const append = draft.addInternal(
      event,
      stream,
      { revision: tail?.revision ?? 0, hash: tail?.hash ?? '', recordedAt: tail?.recordedAt ?? '' },
      { person: swept.person, pass, streams: swept.streams, rows: swept.rows, stores, at },
      [stream, swept.person],
    );
    await this.engines.log.append([append]);
  }

  private async record(of: Decider<any, any>, id: string): Promise<void> {
    const ctx = context();
    for (let attempt = 0; attempt < 20; attempt++) {
      this.streams.forget(ctx.tenant, streamOf(of.kind, id));
      const loaded = await this.streams.load(of, ctx.tenant, id);
      if (loaded.revision === 0 || loaded.erased) return;
      const draft = new Draft(
        this.engines,
        { ...ctx, commandId: `${ctx.commandId}/${id}` },
        hash({ erase: id }),
        new Date(this.engines.clock()).toISOString(),
      );
      const { append } = await draft.add(of, id, loaded, [{ type: of.how.lifecycle.erased, data: {} }], aboutOf);
      try {
        await this.engines.log.append([append!]);
        return;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'WrongRevision') throw error;
      }
    }
  }

  /** What an erasure can show for itself: the erasure's own event, and every sweep recorded since. */
  async evidence(kind: string, id: string): Promise<{ erasedAt: string; sweeps: Record<string, unknown>[] } | undefined> {
    const { tenant } = context();
    const erased = (await this.engines.log.read(tenant, streamOf(kind, id))).find((event) => event.type === `${kind}.erased`);
    if (!erased) return undefined;
    const stream = `${this.engines.log.log}.erasure/${createHash('sha256').update(`${tenant}|${kind}/${id}`).digest('hex').slice(0, 32)}`;
    const sweeps = await this.engines.log.read(tenant, stream);
    return {
      erasedAt: erased.recordedAt,
      sweeps: sweeps.map((event) => ({ ...event.data, service: this.engines.log.log, recordedAt: event.recordedAt, eventId: event.id })),
    };
  }
}

const hash = (value: unknown) => createHash('sha256').update(canonical(value)).digest('base64url');
