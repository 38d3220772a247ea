import {
  Answer,
  canonical,
  Count,
  eventType,
  foldEvents,
  Id,
  List,
  same,
  Text,
  uuidV5,
  type ChangedType,
  type Decider,
  type Inverse,
  type Recorded,
  type Static,
  type StoredEvent,
} from '#model';
import { context, inContext, type RequestContext } from './context.ts';
import { ownerOf, within } from './ownership.ts';
import { eventName, type Entry } from './journal-index.ts';
import { notFound, Problem } from './problem.ts';
import type { Runtime } from './runtime.ts';
import { streamEvents } from './stream-source.ts';

/** What to take back: one event, or everything of a correlation. A dry run says the same and does nothing. */
export type UndoAsked = { event?: string; correlation?: string; dryRun: boolean };
/** What was left alone, and why; `event` is the one that could not be taken back. */
const Left = Answer('Left', { record: Text, event: Id, reason: Text });
export type Left = Static<typeof Left>;
/** `done`: events taken back; `skipped`: those that were back already; lists hold the first thousand. */
export const Undone = Answer('Undone', { done: Count, skipped: Count, conflicts: List(Left), cannot: List(Left), correlation: Id });
export type Undone = Static<typeof Undone>;
export type Undoing = { undo(asked: UndoAsked): Promise<Undone> };

const AT_ONCE = 64;
const MOST_LISTED = 1_000;
const WINDOW = 2_000;
const ASKED_AT_ONCE = 200;

type Target = Pick<StoredEvent, 'id' | 'type' | 'stream' | 'revision' | 'position' | 'occurredAt' | 'correlationId' | 'commandId'>;
type Setting = {
  runtime: Runtime;
  deciders: ReadonlyMap<string, Decider<any, any>>;
  base: RequestContext;
  /** The streams that touch a record which is to go. */
  touching: (record: string) => Promise<ReadonlySet<string>>;
  total: Undone;
};
/** A record as it is judged: every event opened, and what a dry run has taken back so far. */
type Record_ = { of: Decider<any, any>; id: string; events: StoredEvent[]; recorded: Recorded[]; state: State };
type State = Record<string, unknown> | undefined;

/**
 * Taking back: a command of the opposite for every event, newest first, in the caller's name and under one new correlation, as having happened when
 * the event did. Nothing is ever deleted, so an undo can itself be undone. The commands' ids follow from the undo's own: sent again, it is the same.
 */
export function openUndo(runtime: Runtime, deciders: ReadonlyMap<string, Decider<any, any>> = runtime.parts.deciders): Undoing {
  // Whoever lost the connection asks again under the same key, and waits for what is under way.
  const running = new Map<string, Promise<Undone>>();
  return {
    undo(asked) {
      const { tenant, commandId } = context();
      const name = canonical([tenant, commandId, asked]);
      if (!running.has(name))
        running.set(
          name,
          run(asked).finally(() => running.delete(name)),
        );
      return running.get(name)!;
    },
  };

  async function run({ event, correlation, dryRun }: UndoAsked): Promise<Undone> {
    const base = context();
    const { log } = runtime.engines;
    // What touched a record a moment ago, here or where the caller has been (`Rapport-After`), must be in the journal before it is judged.
    await runtime.freshness.wait();
    await runtime.freshness.wait({ log: log.log, partition: 0, position: await log.head() });
    const targets = event ? [await eventById(runtime, base.tenant, event)] : await eventsOf(runtime, correlation!);
    const asked = new Set(targets.map(eventName));
    const undo = { ...base, dryRun, correlationId: base.commandId, ifMatch: undefined, lane: 'bulk' as const };
    const total: Undone = { done: 0, skipped: 0, conflicts: [], cannot: [], correlation: undo.correlationId };
    const isOurs = (entry: Entry) => asked.has(eventName(entry)) || entry.correlation === undo.correlationId;
    const setting: Setting = { runtime, deciders, base: undo, touching: touchedBy(runtime, targets, isOurs), total };
    const lanes = lanesOf(targets);
    const queue = lanes.values();
    const work = async () => {
      for (const lane of queue) await inContext(undo, () => takeBackLane(setting, lane));
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, lanes.length) }, work));
    if (correlation && !dryRun && total.done > 0) await noteOnBatch(setting, correlation);
    return total;
  }
}

/**
 * An import whose rows were taken back says so. It does under the undo's correlation, so that taking that back takes this back, too. Where there is no
 * such import, or it is gone, or not the caller's to see, there is nothing to be said.
 */
async function noteOnBatch({ runtime, deciders, base, total }: Setting, batch: string): Promise<void> {
  const of = deciders.get(`${runtime.engines.log.log}.batch`);
  if (!of) return;
  const { correlation, done, conflicts, cannot } = total;
  await inContext({ ...base, commandId: uuidV5(base.commandId, batch), idempotent: true }, () =>
    runtime.commands.run(of, batch, 'undone', { correlation, done, left: conflicts.length + cannot.length }),
  ).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  });
}

/** Records one beside the other; all in one row when a command wrote to several, for then their order counts. */
function lanesOf(targets: Target[]): Target[][] {
  const ofCommand = new Map<string, string>();
  const single = targets.every(
    ({ commandId, stream }) => (ofCommand.get(commandId) ?? (ofCommand.set(commandId, stream), stream)) === stream,
  );
  if (!single) return [targets];
  const lanes = new Map<string, Target[]>();
  for (const target of targets) lanes.set(target.stream, [...(lanes.get(target.stream) ?? []), target]);
  return [...lanes.values()];
}

async function takeBackLane(setting: Setting, lane: Target[]): Promise<void> {
  // A dry run takes nothing back; what it would have is kept here, so that it judges older events as the run itself will.
  const pretended = new Map<string, Record<string, unknown>>();
  const created = new Set(lane.filter(({ revision }) => revision === 1).map(({ stream }) => stream));
  const ways = new Set(lane.filter((target) => wayBack(setting, target)).map(({ commandId }) => commandId));
  const streamsOf = new Map<string, Set<string>>();
  for (const { commandId, stream } of lane) streamsOf.set(commandId, (streamsOf.get(commandId) ?? new Set()).add(stream));
  const bound = new Set(lane.filter(({ commandId }) => streamsOf.get(commandId)!.size > 1).map(({ stream }) => stream));
  for (const target of lane) {
    if (created.has(target.stream) && (target.revision === 1 || !bound.has(target.stream))) {
      // It goes whole, when everything that happened after it came about is taken back. Where something happened between it and another, that is taken
      // back by itself first, for the other's sake.
      if (target.revision > 1) continue;
      const own = bound.has(target.stream) ? [target] : lane.filter(({ stream }) => stream === target.stream);
      const until = Math.max(...lane.filter(({ stream }) => stream === target.stream).map(({ revision }) => revision));
      await judged(setting, target, () => removeCreated(setting, own, until));
    } else if (wayBack(setting, target)) await judged(setting, target, () => takeBack(setting, target, pretended));
    // The other half of a merge goes back with the half that has a way.
    else if (ways.has(target.commandId)) setting.total.done++;
    else if (created.has(target.stream)) setting.total.done++;
    else leave(setting.total.cannot, target, 'no-way-back');
  }
}

/** A refusal of one command is that event's conflict; anything else ends the undo, which may be sent again. */
async function judged(setting: Setting, target: Target, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      if (error.status === 412 && attempt < 10) continue;
      // What the caller may not see is not named either.
      if (error.status === 404) setting.total.skipped++;
      else leave(setting.total.conflicts, target, error.code);
      return;
    }
}

/** A record that came about is removed, whole: its later events of the same correlation go with it, and come back with it. */
async function removeCreated(setting: Setting, own: Target[], until: number): Promise<void> {
  const { runtime, base, total } = setting;
  const first = own.at(-1)!;
  const record = await load(setting, first.stream);
  const commandId = uuidV5(base.commandId, first.id);
  if (record.events.some((event) => event.commandId === commandId)) total.done += own.length;
  else if (isRemoved(record)) total.skipped += own.length;
  else {
    // What this undo has done to it already, on the way here, is no change of somebody's.
    const expected = record.recorded.filter((_, at) => at < until || record.events[at]!.correlationId === base.correlationId);
    if (!same(foldEvents(record.of.evolve, undefined, expected) as State, record.state))
      return leave(total.conflicts, first, 'changed-since');
    if (await isReferred(setting, first.stream)) return leave(total.conflicts, first, 'referred-to-since');
    await send(setting, record, first, commandId, () => runtime.commands.run(record.of, record.id, 'remove', {}));
    total.done += own.length;
  }
}

async function takeBack(setting: Setting, target: Target, pretended: Map<string, Record<string, unknown>>): Promise<void> {
  const { runtime, base, total } = setting;
  const record = await load(setting, target.stream);
  const commandId = uuidV5(base.commandId, target.id);
  if (record.events.some((event) => event.commandId === commandId)) return void total.done++;
  const { of, id } = record;
  const kind = of.kind;
  if (target.type === `${kind}.removed` || target.type === `${kind}.restored`) {
    const restore = target.type.endsWith('.removed');
    if (isRemoved(record) !== restore) return void total.skipped++;
    await send(setting, record, target, commandId, () => runtime.commands.run(of, id, restore ? 'restore' : 'remove', {}));
    return void total.done++;
  }
  const event = record.recorded[target.revision - 1]!;
  const [before, after] = [stateAt(record, target.revision - 1), stateAt(record, target.revision)];
  const touched = keysBetween(before, after);
  const now = { ...record.state, ...pretended.get(target.stream) };
  // A list of ids grows and shrinks by single members: the act itself knows whether it still can.
  const moved = touched.filter((key) => !same(now[key], after?.[key]) && !isIds(after?.[key]));
  if (moved.length > 0) return leave(total.conflicts, target, 'changed-since');
  const inverse = of.how.inverse?.[target.type]?.(event.data, record.state) as Inverse;
  const changed = eventType(target.type) as ChangedType<string, any> | undefined;
  if (inverse) await send(setting, record, target, commandId, () => runtime.commands.run(of, id, inverse.command, inverse.data));
  else if (changed && 'between' in changed)
    await send(setting, record, target, commandId, () =>
      runtime.commands.revert(of, id, target.id, (state: object) =>
        changed.between({ ...state, ...pretended.get(target.stream) }, changed.inverse(event.data)),
      ),
    );
  else return leave(total.cannot, target, 'no-way-back');
  total.done++;
  if (base.dryRun)
    pretended.set(target.stream, { ...pretended.get(target.stream), ...Object.fromEntries(touched.map((key) => [key, before?.[key]])) });
}

/** In the caller's name, as having happened when the event did, on the revision it was judged by. */
function send<T>(setting: Setting, record: Record_, target: Target, commandId: string, work: () => Promise<T>): Promise<T> {
  const { base } = setting;
  const reach = base.permissions.may('undo', record.of.kind);
  if (!reach || !within(reach, ownerOf(record.of, record.state)))
    throw new Problem(403, 'forbidden', 'You may not undo this.', { rule: base.permissions.why('undo', record.of.kind) });
  return inContext(
    { ...base, commandId, idempotent: true, causationId: target.id, occurredAt: target.occurredAt, ifMatch: record.events.length },
    work,
  );
}

async function load({ runtime, deciders, base }: Setting, stream: string): Promise<Record_> {
  const [kind, id] = [stream.slice(0, stream.indexOf('/')), stream.slice(stream.indexOf('/') + 1)];
  const of = deciders.get(kind)!;
  const events = await runtime.engines.log.read(base.tenant, stream);
  const recorded = await runtime.engines.sealer.unseal(base.tenant, events);
  if (events.some((event) => event.type === `${kind}.erased`)) throw new Problem(410, 'erased', 'This record was erased.');
  return { of, id, events, recorded, state: foldEvents(of.evolve, undefined, recorded) as State };
}

const stateAt = (record: Record_, revision: number) => foldEvents(record.of.evolve, undefined, record.recorded.slice(0, revision)) as State;

const keysBetween = (before: State, after: State): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((key) => !same(before?.[key], after?.[key]));

const isIds = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');

const isRemoved = ({ of, events }: Pick<Record_, 'of' | 'events'>): boolean => removedBy(of.kind, events);

const removedBy = (kind: string, events: StoredEvent[]): boolean =>
  events.findLast(({ type }) => type === `${kind}.removed` || type === `${kind}.restored`)?.type === `${kind}.removed`;

/**
 * What touches the records that came about and is not taken back along: a reference, a merge, an activity. The journal is asked shortly before they go;
 * whoever comes to one of them asks for those beside it, too.
 */
function touchedBy({ journal }: Runtime, targets: Target[], isOurs: (entry: Entry) => boolean): Setting['touching'] {
  const created = targets.filter(({ revision }) => revision === 1).map(({ stream }) => stream);
  const places = new Map(created.map((stream, place) => [stream, Math.floor(place / ASKED_AT_ONCE)]));
  const answers = new Map<number, Promise<Map<string, Set<string>>>>();
  const ask = async (place: number) => {
    const records = created.slice(place * ASKED_AT_ONCE, (place + 1) * ASKED_AT_ONCE);
    const touching = new Map(records.map((record) => [record, new Set<string>()]));
    for (const entry of await journal.entries({ records })) if (!entry.own && !isOurs(entry)) touching.get(entry.record)!.add(entry.stream);
    return touching;
  };
  return async (stream) => {
    const place = places.get(stream)!;
    if (!answers.has(place)) answers.set(place, ask(place));
    return (await answers.get(place)!).get(stream)!;
  };
}

/** Whether a record that is still there touches this one. */
async function isReferred({ runtime, base, touching }: Setting, record: string): Promise<boolean> {
  for (const stream of await touching(record))
    if (!removedBy(stream.slice(0, stream.indexOf('/')), await streamEvents(runtime.engines, base.tenant, stream))) return true;
  return false;
}

/** Whether its kind knows a way back for this event, by itself. */
function wayBack({ deciders }: Pick<Setting, 'deciders'>, { stream, type }: Target): boolean {
  const kind = stream.slice(0, stream.indexOf('/'));
  const definition = eventType(type);
  return (
    type === `${kind}.removed` ||
    type === `${kind}.restored` ||
    deciders.get(kind)?.how.inverse?.[type] !== undefined ||
    (definition !== undefined && 'between' in definition)
  );
}

function leave(list: Left[], target: Target, reason: string): void {
  if (list.length < MOST_LISTED) list.push({ record: target.stream, event: target.id, reason });
}

const targetOf = ({ id, type, stream, revision, position, occurredAt, correlationId, commandId }: StoredEvent): Target => ({
  id,
  type,
  stream,
  revision,
  position,
  occurredAt,
  correlationId,
  commandId,
});

/** Newest first; only events of records that commands keep, so no reservations. @throws Problem 404 when there are none */
async function eventsOf({ journal, engines, parts }: Runtime, correlation: string): Promise<Target[]> {
  const entries = await journal.entries({ correlation });
  const targets: Target[] = [];
  for (let from = 0; from < entries.length; from += WINDOW) {
    const positions = entries.slice(from, from + WINDOW).map(({ position }) => position);
    for (const event of await engines.log.readAt(positions))
      if (parts.deciders.has(event.stream.slice(0, event.stream.indexOf('/')))) targets.push(targetOf(event));
  }
  if (targets.length === 0) throw notFound();
  return targets.sort((a, b) => b.position - a.position);
}

/** Events have no index by id, for what is taken back is nearly always recent: the log is read from its end. @throws Problem 404 */
async function eventById({ engines: { log }, parts }: Runtime, tenant: string, id: string): Promise<Target> {
  for (let end = await log.head(); end > 0; end -= WINDOW) {
    const found = (await log.readLog(Math.max(0, end - WINDOW), WINDOW, { tenant })).find((event) => event.id === id);
    if (found && parts.deciders.has(found.stream.slice(0, found.stream.indexOf('/')))) return targetOf(found);
  }
  throw notFound();
}
