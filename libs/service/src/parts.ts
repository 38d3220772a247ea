import 'reflect-metadata';
import type { ModuleMetadata, Provider, Type } from '@nestjs/common';
import type { AnyView, Decider, Projection, Reaction } from '#model';
import { Commands, Journal, Views, type ServiceParts } from '#runtime';
import type { Columns } from './controllers/export.ts';
import { operationsController } from './controllers/operations.ts';
import { eventsController } from './controllers/events.ts';
import { resourceController } from './controllers/resource.ts';
import { undoController } from './controllers/undo.ts';
import { commandsFor, viewsFor } from './http/answers.ts';
import { PARTS, RUNNING, SERVICE, type Running } from './tokens.ts';

/** A service's table of contents. */
export type Parts = {
  /** By resource (`opportunities`): mounts `/bulk`, `/export`, `/:id/history`, `/:id/remove` and `/:id/restore` for each. */
  aggregates: Record<string, Decider<any, any>>;
  /** Deciders without a resource: reached by reactions and by controllers of the service alone. */
  inner?: Decider<any, any>[];
  projections?: AnyView[];
  summaries?: AnyView[];
  reactions?: Reaction[];
  controllers?: Type[];
  providers?: Provider[];
  /** By resource: how its records stand in files. */
  columns?: Record<string, Columns>;
  /** By resource: the view that lists and exports show; else its first projection. */
  views?: Record<string, AnyView>;
  /** For the documents: what further addresses answer (`GET /opportunities/board`), a view whose shape it is. */
  answers?: Record<string, AnyView>;
  /** Logs of other services that this one follows, besides those its handlers name. */
  follows?: string[];
  /** `all`: events of other services that touch this one's records belong in its journal, so that timelines miss nothing. */
  journalOf?: 'own' | 'all';
};

export type NamedParts = Parts & { service: string };

/**
 * The metadata of a service's Nest module, from its table of contents.
 *
 * @param name the service's, the first part of all its kinds and event types
 */
export function service(name: string, parts: Parts): ModuleMetadata {
  const named: NamedParts = { ...parts, service: name };
  for (const decider of [...Object.values(parts.aggregates), ...(parts.inner ?? [])])
    if (decider.service !== name)
      throw new Error(`${decider.kind} cannot be an aggregate of ${name}: its name begins with another service`);
  const generic = Object.entries(parts.aggregates).map(([resource, decider]) => resourceController(resource, decider, named));
  return {
    controllers: [...(parts.controllers ?? []), ...generic, eventsController(name), operationsController(name), undoController(name)],
    providers: [
      { provide: PARTS, useValue: named },
      { provide: SERVICE, useFactory: (running: ReadonlyMap<string, Running>) => present(running, name), inject: [RUNNING] },
      { provide: Commands, useFactory: ({ runtime }: Running) => commandsFor(runtime), inject: [SERVICE] },
      { provide: Views, useFactory: ({ runtime }: Running) => viewsFor(runtime), inject: [SERVICE] },
      { provide: Journal, useFactory: ({ runtime }: Running) => runtime.journal, inject: [SERVICE] },
      ...(parts.providers ?? []),
    ],
  };
}

/** What a module was made of, without starting Nest: threads that only project need no more. @throws TypeError when it is no service */
export function partsOf(module: Type): NamedParts {
  const providers = (Reflect.getMetadata('providers', module) ?? []) as Provider[];
  const found = providers.find(
    (one): one is { provide: symbol; useValue: NamedParts } => typeof one === 'object' && 'provide' in one && one.provide === PARTS,
  );
  if (!found) throw new TypeError(`${module.name} is not made by service()`);
  return found.useValue;
}

/** The same as the runtime needs it: every view and reaction, deciders by kind, and the logs that any of them follows. */
export function contentsOf(parts: NamedParts): ServiceParts {
  const views = [...(parts.projections ?? []), ...(parts.summaries ?? [])];
  const reactions = parts.reactions ?? [];
  const deciders = [...Object.values(parts.aggregates), ...(parts.inner ?? [])];
  const types = [
    ...views.filter((view): view is Projection => view.type === 'projection').flatMap((view) => view.handlers),
    ...reactions.flatMap((one) => one.handlers),
  ].map((handler) => handler.event.type as string);
  const logs = new Set([parts.service, ...types.map((type) => type.split('.')[0]!), ...(parts.follows ?? [])]);
  return {
    service: parts.service,
    views,
    reactions,
    deciders: new Map(deciders.map((one) => [one.kind, one])),
    logs: [...logs],
    ...(parts.journalOf ? { journalOf: parts.journalOf } : {}),
  };
}

/** The view that shows a resource's records in lists and exports. */
export function listedView(parts: NamedParts, resource: string): AnyView | undefined {
  const kind = parts.aggregates[resource]?.kind;
  return (
    parts.views?.[resource] ??
    parts.projections?.find(
      (view) => view.type === 'projection' && view.handlers.some((handler) => handler.event.type.startsWith(`${kind}.`)),
    )
  );
}

function present(running: ReadonlyMap<string, Running>, name: string): Running {
  const found = running.get(name);
  if (!found) throw new Error(`the service ${name} was given no runtime`);
  return found;
}
