import type { Provider, Type } from '@nestjs/common';
import type { AnyView, Decider, Projection, Reaction, TSchema } from '#model';
import type { Columns } from '#records';
import { batchOf, type Importable, type ServiceParts, type SpanSpec } from '#runtime';
import type { Begin } from './begin.ts';
import { withLifecycle } from './controllers/lifecycle.ts';

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
  /** By resource: how its records stand in files; mounts `/imports`. */
  columns?: Record<string, Columns>;
  /** By resource: the view that lists and exports show; else its first projection. */
  views?: Record<string, AnyView>;
  /** For the documents: what further addresses answer (`GET /opportunities/board`): a view's documents, or a shape of their own. */
  answers?: Record<string, AnyView | TSchema>;
  /** Logs of other services that this one follows, besides those its handlers name. */
  follows?: string[];
  /** `all`: events of other services that touch this one's records belong in its journal, so that timelines miss nothing. */
  journalOf?: 'own' | 'all';
  /** What a tenant begins with; each is made once. */
  begins?: (tenant: string) => Begin[];
  /** What is kept as spans, for figures as of any moment. */
  spans?: SpanSpec[];
};

export type NamedParts = Parts & { service: string };

/** The same as the runtime needs it: every view and reaction, deciders by kind, and the logs that any of them follows. */
export function contentsOf(parts: NamedParts): ServiceParts {
  const batch = parts.columns ? batchOf(parts.service) : undefined;
  const views = [...(parts.projections ?? []), ...(batch ? [batch.row] : []), ...(parts.summaries ?? [])];
  const reactions = parts.reactions ?? [];
  const deciders = [...Object.values(parts.aggregates), ...(parts.inner ?? []), ...(batch ? [batch.decider] : [])].map(withLifecycle);
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

/** The kinds of a service that come in files, by resource. */
export function importablesOf(parts: NamedParts): Map<string, Importable> {
  return new Map(
    Object.entries(parts.columns ?? {}).map(([resource, columns]) => {
      const view = listedView(parts, resource);
      if (!view) throw new Error(`${resource} has columns and no view that shows its records`);
      return [resource, { decider: parts.aggregates[resource]!, columns, view }];
    }),
  );
}
