import 'reflect-metadata';
import type { ModuleMetadata, Provider, Type } from '@nestjs/common';
import { Commands, Journal, Views } from '#runtime';
import type { NamedParts, Parts } from './contents.ts';
import { auditController } from './controllers/audit.ts';
import { operationsController } from './controllers/operations.ts';
import { importsController } from './controllers/imports.ts';
import { eventsController } from './controllers/events.ts';
import { resourceController } from './controllers/resource.ts';
import { topicController } from './controllers/topic.ts';
import { undoController } from './controllers/undo.ts';
import { unsealController } from './controllers/unseal.ts';
import { commandsFor, viewsFor } from './http/answers.ts';
import { Erasures } from './erasures.ts';
import { PARTS, RUNNING, SERVICE, type Running } from './tokens.ts';

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
  const imports = Object.keys(parts.columns ?? {}).map((resource) => importsController(resource, name));
  return {
    controllers: [
      ...(parts.controllers ?? []),
      ...generic,
      ...imports,
      auditController(name),
      eventsController(name),
      operationsController(name),
      topicController(name),
      undoController(name),
      unsealController(name),
    ],
    providers: [
      { provide: PARTS, useValue: named },
      { provide: SERVICE, useFactory: (running: ReadonlyMap<string, Running>) => present(running, name), inject: [RUNNING] },
      { provide: Commands, useFactory: ({ runtime }: Running) => commandsFor(runtime), inject: [SERVICE] },
      { provide: Views, useFactory: ({ runtime }: Running) => viewsFor(runtime), inject: [SERVICE] },
      { provide: Journal, useFactory: ({ runtime }: Running) => runtime.journal, inject: [SERVICE] },
      Erasures,
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

function present(running: ReadonlyMap<string, Running>, name: string): Running {
  const found = running.get(name);
  if (!found) throw new Error(`the service ${name} was given no runtime`);
  return found;
}
