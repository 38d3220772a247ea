import type { StreamAppend } from '#engines/event-store';
import { hashed, uuidV5, type Decider, type EventType, type JsonObject, type NewEvent, type StoredEvent } from '#model';
import type { RequestContext } from './context.ts';
import type { Engines } from './engines.ts';
import { advance, recordedOf, streamOf, type Loaded } from './streams.ts';

type About = (of: Decider<any, any>, stream: string, type: EventType, data: JsonObject, before: unknown, after: unknown) => string[];

/** The events of one command on their way into the log: numbered, sealed and chained over all the streams it writes. */
export class Draft {
  private made = 0;

  constructor(
    private readonly engines: Engines,
    readonly context: RequestContext,
    private readonly bodyHash: string,
    private readonly occurredAt: string,
  ) {}

  /** Events of one record, and the record after them. `append` is undefined when there are none. */
  async add(
    of: Decider<any, any>,
    id: string,
    loaded: Loaded,
    events: NewEvent[],
    about: About,
  ): Promise<{ append?: StreamAppend; next: Loaded }> {
    const stream = streamOf(of.kind, id);
    const stored: Omit<StoredEvent, 'position'>[] = [];
    let next = loaded;
    for (const event of events) {
      const type = event.type;
      const data = plain(event.data) as JsonObject;
      const frame = this.frame(type, stream, next);
      const after = advance(
        of,
        next,
        [{ ...frame, about: [], data: {}, hash: '' }],
        [recordedOf({ ...frame, about: [], data: {}, hash: '' }, type, data)],
      );
      const sealed = await this.engines.sealer.seal(this.context.tenant, stream, type, frame.id, data);
      const body = { ...frame, about: about(of, stream, type, data, next.state, after.state), ...sealed };
      const complete = hashed(body, next.hash);
      stored.push(complete);
      next = { ...after, hash: complete.hash };
    }
    if (stored.length === 0) return { next };
    return { append: { tenant: this.context.tenant, stream, expected: loaded.revision, events: stored }, next };
  }

  /** One internal event on a stream that no decider keeps (a reservation). */
  addInternal(
    type: EventType,
    stream: string,
    tail: { revision: number; hash: string; recordedAt: string },
    data: JsonObject,
    about = [stream],
  ): StreamAppend {
    const body = { ...this.frame(type, stream, tail), about, data };
    return { tenant: this.context.tenant, stream, expected: tail.revision, events: [hashed(body, tail.hash)] };
  }

  private frame(
    type: EventType,
    stream: string,
    tail: { revision: number; recordedAt: string },
  ): Omit<StoredEvent, 'position' | 'about' | 'data' | 'hash'> {
    const { tenant, actor, commandId, correlationId, causationId, traceparent } = this.context;
    const now = new Date(this.engines.clock()).toISOString();
    return {
      id: uuidV5(commandId, `event/${this.made++}`),
      type: type.type,
      schemaVersion: type.version,
      tenant,
      stream,
      revision: tail.revision + 1,
      // The clock may jump back; what a stream says of itself may not.
      recordedAt: now > tail.recordedAt ? now : tail.recordedAt,
      occurredAt: this.occurredAt,
      actor,
      commandId,
      bodyHash: this.bodyHash,
      correlationId,
      causationId,
      traceparent,
    };
  }
}

/** What JSON would keep: members that are undefined are left out, so that what is folded now is what will be read back. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : plain(item)));
  const out: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) out[key] = plain(member);
  return out;
}
