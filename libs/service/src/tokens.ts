import type { SpanValue } from '#engines/figures';
import type { Batches, Freshness, ProjectionStatus, ParkedEvent, Publisher, Runtime, Swept } from '#runtime';

/** What an operator may ask of a service's views, wherever they are written: in this thread, another, or another process. */
export interface Operations {
  status(): Promise<ProjectionStatus[]>;
  rebuild(view: string): Promise<void>;
  parked(view?: string, limit?: number): Promise<ParkedEvent[]>;
  /** @returns whether the stream is free now */
  retry(view: string, tenant: string, stream: string): Promise<boolean>;
  /** @param by who skips, for the record */
  skip(view: string, event: ParkedEvent, by: string): Promise<boolean>;
  /** Folds again everything that names an erased person, and cleans the files. */
  sweep(tenant: string, person: string): Promise<Swept>;
}

/** What has been said of the runtime's undo; the service kit only passes it on. */
export interface Undo {
  undo(request: { event?: string; correlation?: string; dryRun: boolean }): Promise<unknown>;
}

/** What was true when, asked by SQL wherever DuckDB is open: in this thread or another. */
export interface Spans {
  ask(sql: string, values: SpanValue[]): Promise<Record<string, unknown>[]>;
  /** How far the spans have come. */
  readonly freshness: Freshness;
}

/** Files coming in: what a client may ask of them, and the work itself, wherever it is done. */
export interface Imports {
  readonly batches: Batches;
  /** Has a started batch worked on; it goes on by itself, also after a crash. */
  begin(tenant: string, id: string): void;
}

/** One service as it runs here. */
export interface Running {
  runtime: Runtime;
  operations: Operations;
  undo?: Undo;
  /** Whether its views have caught up since the process began: before that nobody should be sent here. */
  isLevel?: () => boolean;
  spans?: Spans;
  imports?: Imports;
  /** Tells the other services, where they are other processes. */
  publisher?: Pick<Publisher, 'status' | 'republish'>;
}

/** Dependency token: every service that runs in this process, by name. */
export const RUNNING = Symbol('rapport.running');
/** Dependency token: this service's own `Running`. */
export const SERVICE = Symbol('rapport.service');
/** Where a module keeps its parts, to be read without starting Nest. */
export const PARTS = Symbol('rapport.parts');
