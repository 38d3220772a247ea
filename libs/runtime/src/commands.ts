import { hash } from 'node:crypto';
import { WrongRevision, type StreamAppend } from '#engines/event-store';
import {
  canonical,
  isRejection,
  todayIn,
  uuidV5,
  newUuidV7,
  type Command,
  type Context,
  type Decider,
  type JsonObject,
  type Need,
  type NewEvent,
  type Outcome,
} from '#model';
import { context, type Position, type RequestContext } from './context.ts';
import { REFUSALS } from '#events/refusals';
import type { Engines } from './engines.ts';
import { ErasedPerson } from '#privacy';
import { aboutOf } from './about.ts';
import { Draft } from './draft.ts';
import { validateForm } from './form.ts';
import { invalid, notFound, Problem, unavailable } from './problem.ts';
import { absent, Streams, type Loaded } from './streams.ts';
import { uniqueMoves } from './unique.ts';
import { visible } from './access.ts';
import { ownerOf, within } from './ownership.ts';
import { span } from './tracing.ts';

/** A command that was taken: what the record is now. `position` is absent when nothing changed; `again` when it had been taken before. */
export type Accepted<S = unknown> = {
  id: string;
  revision: number;
  state: S;
  created: boolean;
  changed: boolean;
  again?: true;
  position?: Position;
};

/** One entry of a bulk call; `id` is absent for commands that create. */
export type BulkItem = { id?: string; command: string; data: unknown; ifMatch?: number; occurredAt?: string };
export type ItemResult = { status: number; id?: string; revision?: number; created?: boolean; changed?: boolean; problem?: Problem };

type AnyDecider = Decider<any, any>; // a registry holds deciders of every state
type AnyCommand = Command<any, any, 'create' | 'act'>;

const ATTEMPTS = 50;
const SKEW = 60_000;

/** The only door by which anything changes: for HTTP, bulk, imports, rules and the command line alike. The steps stand in the order of architecture.md, section 3. */
export class Commands {
  /** Hears how many seconds the log took for what a command appended, or refused. */
  onAppend: ((seconds: number) => void) | undefined;

  constructor(
    private readonly engines: Engines,
    readonly streams: Streams = new Streams(engines.log, engines.sealer, engines.clock),
  ) {}

  /** Makes a record. Its id: the given one (a UUID the client made), else derived from the Idempotency-Key, else fresh. @throws Problem */
  create(decider: AnyDecider, name: string, body: unknown, id?: string): Promise<Accepted<any>> {
    return this.execute(decider, name, id, body);
  }

  /** Asks a record to act. @throws Problem 400, 403, 404, 409, 410, 412, 413, 422, 503 */
  run(decider: AnyDecider, id: string, name: string, body: unknown): Promise<Accepted<any>> {
    return this.execute(decider, name, id, body);
  }

  private async execute(decider: AnyDecider, name: string, givenId: string | undefined, body: unknown): Promise<Accepted> {
    const ctx = context();
    const command = decider.commands[name] as AnyCommand | undefined;
    if (!command)
      throw new Problem(400, 'unknown-command', `${decider.kind} knows no command ${name}.`, { commands: Object.keys(decider.commands) });
    const form = validateForm(command.form, body) as JsonObject;
    this.checkCustom(decider, ctx, form);
    const creates = command.type === 'create';
    const fresh = creates && !givenId && !ctx.idempotent;
    const id = givenId ?? (fresh ? newUuidV7(this.engines.clock()) : uuidV5(ctx.commandId, 'id'));
    return this.perform(decider, command, ctx, name, id, form, fresh);
  }

  /**
   * Undo's own door: what is taken back was checked when it came in, and stands in events as it was standardised, which no form would take again.
   * Every other step is that of an act.
   *
   * @param named what is taken back, for recognising a retry
   * @param decide the events that bring back what was before
   */
  async revert(decider: AnyDecider, id: string, named: string, decide: (state: any) => Outcome): Promise<Accepted<any>> {
    const { ability } = decider.commands.change?.how ?? {};
    const command: AnyCommand = { type: 'act', form: Object, decide, how: ability ? { ability } : {} };
    return this.perform(decider, command, context(), 'revert', id, { named }, false);
  }

  private async perform(
    decider: AnyDecider,
    command: AnyCommand,
    ctx: RequestContext,
    name: string,
    id: string,
    form: JsonObject,
    fresh: boolean,
  ): Promise<Accepted> {
    const creates = command.type === 'create';
    const bodyHash = hash('sha256', canonical({ kind: decider.kind, name, id, form }), 'base64url');

    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // What is created is nearly always new. Where it is not, the append says so, and it is looked at.
      const blind = fresh || (creates && attempt === 0 && !ctx.dryRun && !decider.how.unique);
      const loaded = blind ? absent() : await this.streams.load(decider, ctx.tenant, id);
      const former = await this.formerAnswer(decider, ctx, id, loaded, bodyHash);
      if (former) return former;
      await this.admit(decider, command, ctx, loaded);
      // What is not removed need not be restored, and taking that back would remove it.
      if (command.how.onRemoved && !loaded.removed) return unchanged(id, loaded);
      const occurredAt = this.occurredAt(ctx, loaded);
      const needs = await this.found(decider, command, ctx, form, loaded);
      const outcome = this.decide(command, ctx, id, form, loaded, needs.found, occurredAt);
      if (isRejection(outcome)) throw rejected(outcome.rejected, outcome.details);
      const events = (Array.isArray(outcome) ? outcome : [outcome]) as NewEvent[];
      if (events.length === 0) return unchanged(id, loaded);
      if (ctx.dryRun) return { id, revision: loaded.revision, state: loaded.state, created: creates, changed: true };
      try {
        return await this.append(decider, ctx, id, loaded, needs.loaded, events, bodyHash, occurredAt);
      } catch (error) {
        if (error instanceof ErasedPerson)
          throw new Problem(410, 'erased', 'A person this concerns was erased; nothing more is recorded about them.');
        if (!(error instanceof WrongRevision)) throw error;
        // Somebody was quicker: decide again on what is there now, unless the caller insisted on a revision.
        this.streams.forget(ctx.tenant, error.stream);
        if (ctx.ifMatch !== undefined && !creates) throw await this.changedMeanwhile();
      }
    }
    throw unavailable('too-much-contention', 'This record is being changed by many at once; try again.');
  }

  /** A retry of a command gets its former answer; another body under the same key is refused; creating what exists shows nothing of it. */
  private async formerAnswer(
    decider: AnyDecider,
    ctx: RequestContext,
    id: string,
    loaded: Loaded,
    bodyHash: string,
  ): Promise<Accepted | undefined> {
    const former = loaded.commands.get(ctx.commandId);
    if (!former) return undefined;
    if (former.bodyHash !== bodyHash) throw new Problem(422, 'key-reused', 'This Idempotency-Key was used for another request body.');
    if (!visible(ctx.permissions, decider, loaded)) throw notFound();
    const then = former.revision === loaded.revision ? loaded : await this.streams.loadAt(decider, ctx.tenant, id, former.revision);
    return { id, revision: then.revision, state: then.state, created: then.revision === 1, changed: false, again: true };
  }

  private async admit(decider: AnyDecider, command: AnyCommand, ctx: RequestContext, loaded: Loaded): Promise<void> {
    const ability = command.how.ability ?? (command.type === 'create' ? 'create' : 'change');
    const reach = ctx.permissions.may(ability, decider.kind);
    const refused = () =>
      new Problem(403, 'forbidden', `You may not ${ability} this.`, { rule: ctx.permissions.why(ability, decider.kind) });
    if (command.type === 'create') {
      if (!reach) throw refused();
      if (loaded.revision > 0) throw new Problem(409, 'exists', 'A record with this id exists already.');
      if (ctx.ifMatch !== undefined) throw await this.changedMeanwhile();
      return;
    }
    if (loaded.revision === 0 || !visible(ctx.permissions, decider, loaded)) throw notFound();
    if (!reach || !within(reach, ownerOf(decider, loaded.state))) throw refused();
    if (ctx.ifMatch !== undefined && ctx.ifMatch !== loaded.revision) throw await this.changedMeanwhile();
    if (loaded.erased) throw new Problem(410, 'erased', 'This record was erased.');
    if (loaded.removed && command.how.onRemoved !== true) throw new Problem(409, 'removed', 'This record was removed; restore it first.');
  }

  /** The record moved on. Read again after the position named, it is as it moved to. */
  private async changedMeanwhile(): Promise<Problem> {
    const { log } = this.engines;
    const readAfter = { log: log.log, partition: 0, position: await log.head() };
    return new Problem(412, 'changed-meanwhile', 'The record is not at the revision named in If-Match; read it again.', { readAfter });
  }

  /** When it happened: now unless the caller says otherwise; not before the record's first event, not in the future. */
  private occurredAt(ctx: RequestContext, loaded: Loaded): string {
    const now = this.engines.clock();
    // The clock may have jumped back: what happens now happens after what has.
    if (!ctx.occurredAt) return new Date(Math.max(now, loaded.revision > 0 ? Date.parse(loaded.recordedAt) : 0)).toISOString();
    const said = Date.parse(ctx.occurredAt);
    if (said > now + SKEW)
      throw new Problem(422, 'occurred-in-future', 'What is recorded cannot have happened in the future.', {
        fields: [{ field: 'occurredAt', problem: 'lies in the future' }],
      });
    if (loaded.firstOccurredAt && said < Date.parse(loaded.firstOccurredAt))
      throw new Problem(422, 'occurred-too-early', 'Nothing can have happened to a record before it began.', {
        fields: [{ field: 'occurredAt', problem: 'lies before the first event of the record', hint: loaded.firstOccurredAt }],
      });
    return new Date(Math.min(said, now)).toISOString();
  }

  private async found(
    decider: AnyDecider,
    command: Command<any, any, 'create' | 'act'>,
    ctx: RequestContext,
    form: JsonObject,
    loaded: Loaded,
  ) {
    const found: Record<string, unknown> = {};
    const records: Record<string, { need: Need<unknown>; loaded: Loaded }> = {};
    const needs: Record<string, Need<unknown>> = command.needs ? command.needs(form, loaded.state) : {};
    for (const [name, need] of Object.entries(needs)) {
      if (need.id === undefined) continue;
      const record = await this.streams.load(need.of, ctx.tenant, need.id);
      // A record of this service in the caller's tenant that the caller may not see is as good as none.
      const there = record.revision > 0 && !record.removed && !record.erased && visible(ctx.permissions, need.of, record);
      if (!there && !need.optional) throw new Problem(409, 'unknown-record', `There is no such ${need.of.kind}.`, { record: name });
      if (!there) continue;
      found[name] = record.state;
      records[name] = { need, loaded: record };
    }
    return { found, loaded: records };
  }

  private decide(
    command: Command<any, any, 'create' | 'act'>,
    ctx: RequestContext,
    id: string,
    form: JsonObject,
    loaded: Loaded,
    found: Record<string, unknown>,
    occurredAt: string,
  ) {
    let made = 0;
    const zone = this.engines.tenants.zone(ctx.tenant);
    const decision: Context & { found: Record<string, unknown> } = {
      id,
      actor: ctx.actor,
      now: occurredAt,
      // Few decisions ask, and calendars are slow.
      get today() {
        return todayIn(zone, occurredAt);
      },
      country: this.engines.tenants.country?.(ctx.tenant),
      newId: () => uuidV5(ctx.commandId, `new/${made++}`),
      found,
    };
    return command.type === 'create' ? command.decide(form, decision) : command.decide(loaded.state, form, decision);
  }

  private async append(
    decider: AnyDecider,
    ctx: RequestContext,
    id: string,
    loaded: Loaded,
    others: Record<string, { need: Need<unknown>; loaded: Loaded }>,
    events: NewEvent[],
    bodyHash: string,
    occurredAt: string,
  ): Promise<Accepted> {
    const draft = new Draft(this.engines, ctx, bodyHash, occurredAt);
    const own = await draft.add(
      decider,
      id,
      loaded,
      events.filter((event) => !event.to),
      aboutOf,
    );
    const written: { stream: string; next: Loaded }[] = [];
    const appends: StreamAppend[] = own.append ? [own.append] : [];
    if (own.append) written.push({ stream: own.append.stream, next: own.next });
    for (const name of new Set(events.flatMap((event) => (event.to ? [event.to] : [])))) {
      const other = others[name];
      if (!other) throw new Error(`${decider.kind}: an event goes to ${name}, which the command did not load`);
      const part = await draft.add(
        other.need.of as AnyDecider,
        other.need.id!,
        other.loaded,
        events.filter((event) => event.to === name),
        aboutOf,
      );
      appends.push(part.append!);
      written.push({ stream: part.append!.stream, next: part.next });
    }
    const create = loaded.revision === 0;
    if (create) {
      const reach = ctx.permissions.may('create', decider.kind);
      if (reach && !within(reach, ownerOf(decider, own.next.state)))
        throw new Problem(403, 'forbidden', 'You may not create this for somebody else.', {
          rule: ctx.permissions.why('create', decider.kind),
        });
    }
    // What lies in the recycle list holds no value that others may want; restoring it asks for the values again.
    const [before, after] = [loaded, own.next].map((record) => (record.removed ? undefined : record.state));
    appends.push(...(await uniqueMoves(this.engines, draft, decider, id, before, after)));
    const appended = await this.written(appends, ctx);
    for (const { stream, next } of written) this.streams.remember(ctx.tenant, stream, next);
    return {
      id,
      revision: own.next.revision,
      state: own.next.state,
      created: create,
      changed: true,
      position: { log: this.engines.log.log, partition: 0, position: appended.position },
    };
  }

  private async written(appends: StreamAppend[], { lane }: RequestContext) {
    const began = performance.now();
    try {
      return await span(`append ${this.engines.log.log}`, {}, () => this.engines.log.append(appends, { lane }));
    } finally {
      this.onAppend?.((performance.now() - began) / 1000);
    }
  }

  private checkCustom(decider: AnyDecider, ctx: RequestContext, form: JsonObject): void {
    const hidden = ctx.permissions.hidden(decider.kind).filter((field) => form[field] !== undefined);
    if (hidden.length > 0)
      throw new Problem(403, 'field-forbidden', `You may not set ${hidden.join(', ')}.`, { rule: `hidden fields of ${decider.kind}` });
    if (!form.custom || typeof form.custom !== 'object' || Array.isArray(form.custom)) return;
    const findings = this.engines.tenants.checkCustom(ctx.tenant, decider.kind, form.custom);
    if (findings.length > 0) throw invalid(findings);
  }
}

const unchanged = (id: string, { revision, state }: Loaded): Accepted => ({ id, revision, state, created: false, changed: false });

const rejected = (code: string, details: unknown) =>
  new Problem(409, code, REFUSALS[code] ?? `The business rules refuse this: ${code.replaceAll('-', ' ')}.`, { details: details ?? {} });
