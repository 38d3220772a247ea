import { changed, Count, Day, defineEvent, Flag, Id, lifecycle, List, OneOf, Optional, personal, Ref, Struct, Text } from '#model';

/** What a batch has come to so far. `noted`: findings on rows that were taken all the same. */
export const BatchCounts = Struct({
  created: Count,
  updated: Count,
  unchanged: Count,
  skipped: Count,
  rejected: Count,
  noted: Count,
});

/** A file's column: its heading, the field it goes to (`custom.size` for one of the tenant's own), and whether amounts stand in thousands or millions. */
export const BatchColumn = Struct({ heading: Text, field: Optional(Text), times: Optional(Count) });

/** What is to be done with the rows; all of it may be changed until the batch runs. */
export const batchSettings = {
  columns: personal(List(BatchColumn)),
  /** What stands where a cell is empty or there is no such column. */
  defaults: personal(List(Struct({ field: Text, value: Text }))),
  match: Optional(Text),
  existing: OneOf('update', 'skip', 'create'),
  since: Optional(Day),
  dates: Optional(OneOf('dmy', 'mdy')),
  decimal: OneOf('.', ','),
  currency: Optional(Text),
  country: Optional(Text),
};

/** What taking a batch back came to. */
export const batchTakenBack = { correlation: Id, done: Count, left: Count };

const made = new Map<string, ReturnType<typeof define>>();

/**
 * The events of a service's batches: one import of one file each. What is personal is sealed under the batch's own key, which is destroyed 30 days
 * after its end; the records it made have their own events, in its correlation.
 */
export function batchEvents<S extends string>(service: S): ReturnType<typeof define> {
  let events = made.get(service);
  if (!events) made.set(service, (events = define(service)));
  return events;
}

function define(service: string) {
  const kind = `${service}.batch`;
  const [removed, restored, erased] = lifecycle(kind);
  return {
    /** A file was taken in: `file` and `bytes` say where it lies, sealed. */
    created: defineEvent(`${kind}.created`, {
      source: OneOf('import'),
      resource: Text,
      ownerId: Ref('workspace.user'),
      label: Optional(personal(Text)),
      file: Id,
      bytes: Count,
      rows: Count,
      delimiter: Text,
      ...batchSettings,
    }),
    changed: changed(`${kind}.changed`, batchSettings),
    /** `dryRun`: rows are judged, and nothing is recorded of them. */
    started: defineEvent(`${kind}.started`, { dryRun: Flag }),
    /** Rows up to `row` of this pass are done; what was found of them is in the findings up to `findings` bytes. A second pass links records of one file. */
    progressed: defineEvent(`${kind}.progressed`, { pass: Count, row: Count, findings: Count, linked: Flag, counts: BatchCounts }),
    finished: defineEvent(`${kind}.finished`, { outcome: OneOf('done', 'failed', 'cancelled'), problem: Optional(Text) }),
    /** What the batch did was taken back under `correlation`: so many events of it, and how many were left as they are. */
    undone: defineEvent(`${kind}.undone`, batchTakenBack),
    /** What is said above was itself taken back. */
    redone: defineEvent(`${kind}.redone`, batchTakenBack),
    /** The file, its findings and their key are destroyed. */
    expired: defineEvent(`${kind}.expired`, {}),
    removed,
    restored,
    erased,
  };
}

for (const service of ['workspace', 'contacts', 'sales']) batchEvents(service);
