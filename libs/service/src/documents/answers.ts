import {
  Count,
  Flag,
  Id,
  Instant,
  List,
  notesOf,
  OneOf,
  Optional,
  Ref,
  Struct,
  Text,
  Whole,
  type AnyView,
  type TObject,
  type TProperties,
  type TSchema,
} from '#model';
import { batchOf } from '#runtime';
import type { JsonSchema } from './forms.ts';
import type { Route } from './routes.ts';

/** A struct that the documents name once and refer to. */
export const titled = <P extends TProperties>(title: string, properties: P): TObject<P> => Object.assign({}, Struct(properties), { title });
/** A shape with further members. */
export const extended = (shape: TSchema, properties: TProperties): TSchema =>
  ({ allOf: [shape, Struct(properties)] }) as unknown as TSchema;
/** A bag whose members depend on what it is of. */
const Bag = { type: 'object', additionalProperties: true } as unknown as TSchema;

/** An entry of a history or timeline, as `HistoryItem` has it. */
export const HISTORY_ENTRY = titled('HistoryEntry', {
  id: Id,
  type: Text,
  record: Text,
  revision: Count,
  at: Instant,
  recordedAt: Instant,
  actor: Ref('workspace.user'),
  correlation: Id,
  causation: Id,
  data: Bag,
  erased: Optional(Flag),
});
const Left = Struct({ record: Text, event: Id, reason: Text });
const Undone = titled('Undone', { done: Count, skipped: Count, conflicts: List(Left), cannot: List(Left), correlation: Id });
const BulkResult = titled('BulkResult', {
  status: Count,
  id: Optional(Id),
  revision: Optional(Count),
  created: Optional(Flag),
  problem: Optional({ $ref: '#/components/schemas/Problem' } as unknown as TSchema),
});
const Finding = titled('Finding', {
  row: Count,
  column: Optional(Text),
  field: Optional(Text),
  severity: OneOf('rejected', 'note'),
  problem: Text,
  hint: Optional(Text),
});
const ImportField = Struct({ field: Text, label: Text, required: Flag, key: Flag, refers: Optional(Text) });
const ViewStatus = titled('ViewStatus', {
  view: Text,
  storage: Text,
  state: OneOf('live', 'catching-up', 'rebuilding'),
  lag: Whole,
  parkedStreams: Count,
});
const ParkedEvent = titled('ParkedEvent', {
  view: Text,
  tenant: Text,
  stream: Text,
  revision: Count,
  eventId: Id,
  type: Text,
  reason: Text,
  first: Flag,
});
const Freed = Struct({ free: Flag });
const Erased = Struct({ id: Id, people: List(Text), erasedAt: Instant, certificate: Text });
const Certificate = titled('ErasureCertificate', {
  record: Text,
  erasedAt: Instant,
  complete: Flag,
  method: Text,
  remains: Text,
  keyBackups: Text,
  sweeps: List(Bag),
  sha256: Text,
});

/** What every service's own addresses answer; undefined where it depends on the service. */
export function generalAnswer({ method, path, service }: Route): TSchema | undefined {
  const at = `${method} ${path}`;
  if (/^get .*\/(history|timeline)$/.test(at)) return List(HISTORY_ENTRY);
  if (/^post .*\/bulk$/.test(at)) return List(BulkResult);
  if (/^post .*\/undo$/.test(at)) return Undone;
  if (/^post .*\/erase$/.test(at)) return Erased;
  if (/^get .*\/erasure$/.test(at)) return Certificate;
  if (/\/imports/.test(path)) return importAnswer(at, service);
  if (/^get .*\/projections$/.test(at)) return List(ViewStatus);
  if (/^get .*\/projections\/parked$/.test(at)) return List(ParkedEvent);
  if (/^post .*\/parked\/(retry|skip)$/.test(at)) return Freed;
  if (/^post .*\/rebuild$/.test(at)) return Struct({ view: Text, state: OneOf('rebuilding') });
  if (/^get \/services\/[^/]+\/events$/.test(at)) return List(Bag);
  return undefined;
}

function importAnswer(at: string, service: string): TSchema | undefined {
  const { row } = batchOf(service);
  if (/^get .*\/imports$/.test(at)) return List(row.shape);
  if (/^get .*\/imports\/\{id\}$/.test(at))
    return extended(row.shape, { fields: List(ImportField), sample: List(List(Text)), firstFindings: List(Finding) });
  if (/^get .*\/findings$/.test(at)) return List(Finding);
  return undefined;
}

/**
 * A schema as the documents have it: a view's shape, wherever it stands, becomes a reference to it, named once; without the fields that are shown
 * to nobody.
 *
 * @param views by the properties of their shapes. @param into collects the views referred to
 */
export function described(schema: unknown, views: ReadonlyMap<TProperties, AnyView>, into: Record<string, JsonSchema>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => described(one, views, into));
  if (schema === null || typeof schema !== 'object') return schema;
  const view = views.get((schema as { properties?: TProperties }).properties as TProperties);
  if (view) return viewSchema(view, views, into);
  const { title } = schema as { title?: unknown };
  if (typeof title === 'string') {
    into[title] ??= members(schema, views, into);
    return { $ref: `#/components/schemas/${title}` };
  }
  return members(schema, views, into);
}

function members(schema: object, views: ReadonlyMap<TProperties, AnyView>, into: Record<string, JsonSchema>): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, described(member, views, into)]));
}

function viewSchema(view: AnyView, views: ReadonlyMap<TProperties, AnyView>, into: Record<string, JsonSchema>): { $ref: string } {
  const name = `view.${view.name}`;
  if (!into[name]) {
    const inner = view.how.inner ?? [];
    const properties = Object.entries(view.shape.properties).filter(([field]) => !inner.includes(field));
    const required = (notesOf(view.shape).required ?? []).filter((field) => !inner.includes(field));
    const asked = [...new Set(['id', ...(view.how.indexes ?? []).flat()])].filter((field) => !inner.includes(field));
    into[name] = {
      type: 'object',
      properties: Object.fromEntries(properties.map(([field, schema]) => [field, described(schema, views, into)])),
      ...(required.length > 0 ? { required } : {}),
      // What `filter` and `sort` may name, and whether `search` finds anything.
      'x-filter': asked,
      ...(view.how.words?.length ? { 'x-search': true } : {}),
    };
  }
  return { $ref: `#/components/schemas/${name}` };
}
