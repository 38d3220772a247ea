import type { EventStore } from '#engines/event-store';
import { foldEvents, Recent, type EventType, type Recorded, type State, type StoredEvent } from '#model';
import type { Clock, Sealer } from './engines.ts';

/** A record as a decision sees it, with what its stream's end must be known for. */
export type Loaded<S = unknown> = {
  state: S | undefined;
  revision: number;
  hash: string;
  recordedAt: string;
  firstOccurredAt: string;
  removed: boolean;
  erased: boolean;
  /** Every command that wrote here: its body and its last revision. A retry is recognised by it. */
  commands: Map<string, { bodyHash: string; revision: number }>;
};

const MAX_AGE = 60_000;
const MAX_STREAMS = 5_000;

export const streamOf = (kind: string, id: string) => `${kind}/${id}`;

/** The state of a stream that does not exist. */
export const absent = <S>(): Loaded<S> => ({
  state: undefined,
  revision: 0,
  hash: '',
  recordedAt: '',
  firstOccurredAt: '',
  removed: false,
  erased: false,
  commands: new Map(),
});

/**
 * Loads records from the log: state from memory (at most 60 s old, for it may hold personal parts whose key is gone meanwhile), then the tail.
 */
export class Streams {
  private readonly cache = new Recent<{ loaded: Loaded; at: number }>(MAX_STREAMS);

  constructor(
    private readonly log: EventStore,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  async load<S>(of: State<S>, tenant: string, id: string): Promise<Loaded<S>> {
    const stream = streamOf(of.kind, id);
    const key = `${tenant}/${stream}`;
    const kept = this.cache.get(key);
    const fresh = kept && this.clock() - kept.at < MAX_AGE ? (kept.loaded as Loaded<S>) : undefined;
    const events = await this.log.read(tenant, stream, fresh ? fresh.revision + 1 : 1);
    if (events.length === 0) return fresh ?? absent<S>();
    const loaded = advance(of, fresh ?? absent<S>(), events, await this.sealer.unseal(tenant, events));
    this.cache.set(key, { loaded, at: fresh ? kept!.at : this.clock() });
    return loaded;
  }

  /** The record as it stood at a revision: the former answer of a command. */
  async loadAt<S>(of: State<S>, tenant: string, id: string, revision: number): Promise<Loaded<S>> {
    const events = (await this.log.read(tenant, streamOf(of.kind, id))).filter((event) => event.revision <= revision);
    return advance(of, absent<S>(), events, await this.sealer.unseal(tenant, events));
  }

  /** Remembers what was just written, so that the next command need not read it. */
  remember(tenant: string, stream: string, loaded: Loaded): void {
    const key = `${tenant}/${stream}`;
    this.cache.set(key, { loaded, at: this.cache.get(key)?.at ?? this.clock() });
  }

  /** Forgets a stream, or all of them: after an erasure no cached state may outlive its key. */
  forget(tenant?: string, stream?: string): void {
    if (tenant && stream) this.cache.delete(`${tenant}/${stream}`);
    else this.cache.clear();
  }
}

/** Folds further events of the same stream. `recorded` are the events opened, in the same order. */
export function advance<S>(of: State<S>, from: Loaded<S>, events: Omit<StoredEvent, 'position'>[], recorded: Recorded[]): Loaded<S> {
  const last = events.at(-1);
  if (!last) return from;
  const commands = new Map(from.commands);
  let { removed, erased } = from;
  for (const event of events) {
    commands.set(event.commandId, { bodyHash: event.bodyHash, revision: event.revision });
    if (event.type === `${of.kind}.removed`) removed = true;
    if (event.type === `${of.kind}.restored`) removed = false;
    if (event.type === `${of.kind}.erased`) erased = true;
  }
  return {
    state: foldEvents(of.evolve, from.state, recorded),
    revision: last.revision,
    hash: last.hash,
    recordedAt: last.recordedAt,
    firstOccurredAt: from.firstOccurredAt || events[0]!.occurredAt,
    removed,
    erased,
    commands,
  };
}

/** An event of our own making as its handlers see it, without a round trip through the log. */
export function recordedOf(stored: Omit<StoredEvent, 'position'>, type: EventType, data: unknown): Recorded {
  const slash = stored.stream.indexOf('/');
  return {
    type: type.type,
    data,
    recordId: stored.stream.slice(slash + 1),
    eventId: stored.id,
    at: stored.occurredAt,
    recordedAt: stored.recordedAt,
    actor: stored.actor,
    revision: stored.revision,
    tenant: stored.tenant,
    kind: stored.stream.slice(0, slash),
  } as Recorded;
}
