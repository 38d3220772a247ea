import type { Decider, Projection } from '#model';
import { Commands } from './commands.ts';
import type { RequestContext } from './context.ts';
import { readCursors } from './cursors.ts';
import type { Engines } from './engines.ts';
import { sweptEvent } from '#events/erasure';
import { Erasure } from './erasure.ts';
import { Freshness } from './freshness.ts';
import { isInternalType } from './internal.ts';
import { Journal } from './journal.ts';
import type { Change } from './applied.ts';
import { namesOf } from './lane.ts';
import { Projector, type ProjectorOptions } from './projector.ts';
import { Storages, type Contents } from './storage.ts';
import { Streams } from './streams.ts';
import { settledEvent, TodoRunner } from './todos.ts';
import { uniqueEvents } from './unique.ts';
import { Views } from './views.ts';

/** A service's parts as its module lists them. */
export type ServiceParts = Contents & { deciders: Map<string, Decider<any, any>>; logs: string[] };

/** What a service's controllers stand on: commands in, views and journal out. The projector may run in another thread or process. */
export type Runtime = {
  service: string;
  parts: ServiceParts;
  engines: Engines;
  commands: Commands;
  streams: Streams;
  views: Views;
  journal: Journal;
  erasure: Erasure;
  freshness: Freshness;
  storages: Storages;
  todos: TodoRunner;
};

/**
 * The deciding and reading half. Reads by `engines.models`, which may be a read-only connection.
 *
 * @param how `shared`: other processes keep the same read models, and what they have applied is seen in them
 */
export async function openRuntime(
  parts: ServiceParts,
  engines: Engines,
  asSystem: (tenant: string) => RequestContext,
  how: { shared?: boolean } = {},
): Promise<Runtime> {
  defineRuntimeEvents(parts.service);
  const storages = new Storages(engines.models);
  const elsewhere = () => readCursors(engines.models, namesIn(parts, storages));
  const freshness = new Freshness(parts.logs, { bus: engines.bus, ...(how.shared ? { elsewhere } : {}) });
  engines.bus.onReached(() => freshness.wake());
  // What other processes have moved is told here as if it had been moved here; how far they have come is another matter.
  if (how.shared)
    engines.bus.onHint(parts.service, (changes) => freshness.applied({ log: '', partition: 0, position: 0, changes: changes as Change[] }));
  const streams = new Streams(engines.log, engines.sealer, engines.clock);
  const commands = new Commands(engines, streams);
  const views = new Views(engines, parts, storages, freshness);
  const hidden = { has: isInternalType } as ReadonlySet<string>;
  const journal = new Journal(engines, views, freshness, hidden);
  const erasure = new Erasure(engines, streams);
  const todos = new TodoRunner(engines, commands, parts.deciders, asSystem);
  return { service: parts.service, parts, engines, commands, streams, views, journal, erasure, freshness, storages, todos };
}

/** How far the views had come when the process ended: what a reader need not wait for. */
export async function restoreFreshness({ engines, parts, storages, freshness }: Runtime): Promise<void> {
  await storages.refresh();
  for (const [log, partitions] of await readCursors(engines.models, namesIn(parts, storages)))
    for (const [partition, cursor] of partitions) freshness.applied({ log, partition, ...cursor, changes: [] });
}

/** What a live lane's cursors go by. */
const namesIn = ({ views }: Contents, storages: Storages): string[] =>
  namesOf(
    views.filter((view): view is Projection => view.type === 'projection'),
    (view) => storages.of(view),
  );

/** The projecting half: one per service, wherever its read models may be written. */
export function openProjector(parts: ServiceParts, engines: Engines, options: Omit<ProjectorOptions, 'logs'>): Projector {
  defineRuntimeEvents(parts.service);
  return new Projector(engines, parts, { ...options, logs: parts.logs });
}

/** Defines the events that the runtime itself writes to a service's log: reservations, sweeps, settled to-dos. Reading a log needs them known. */
export function defineRuntimeEvents(service: string): void {
  uniqueEvents(service);
  sweptEvent(service);
  settledEvent(service);
}
