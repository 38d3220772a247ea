import type { Cursor } from '#engines/event-bus';

/** A visible document that moved: what pages, caches and waiting readers are told. */
export type Change = { view: string; tenant: string; id: string; revision: number };

/** Applied up to a cursor of a log's partition. */
export type Applied = Cursor & { log: string; partition: number; changes: Change[] };
