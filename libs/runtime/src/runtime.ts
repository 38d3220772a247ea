import type { Decider } from '#model';
import { Commands } from './commands.ts';
import type { RequestContext } from './context.ts';
import type { Engines } from './engines.ts';
import { sweptEvent } from '#events/erasure';
import { Erasure } from './erasure.ts';
import { Freshness } from './freshness.ts';
import { isInternalType, Journal } from './journal.ts';
import { Projector, type ProjectorOptions } from './projector.ts';
import { CURSORS, HOUSE, Storages, type Contents } from './storage.ts';
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

/** The deciding and reading half. Reads by `engines.models`, which may be a read-only connection. */
export async function openRuntime(parts: ServiceParts, engines: Engines, asSystem: (tenant: string) => RequestContext): Promise<Runtime> {
  defineRuntimeEvents(parts.service);
  const storages = new Storages(engines.models);
  const freshness = new Freshness(parts.logs);
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
export async function restoreFreshness(runtime: Runtime): Promise<void> {
  await runtime.storages.refresh();
  for (const { id, doc } of await runtime.engines.models.scan(CURSORS, { tenant: HOUSE, limit: 1000 })) {
    const [log, partition] = id.split('/') as [string, string];
    const positions = Object.values((doc.positions ?? {}) as Record<string, number>);
    runtime.freshness.applied({
      log,
      partition: Number(partition),
      position: positions.length > 0 ? Math.min(...positions) : 0,
      changes: [],
    });
  }
}

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
