import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * What is kept and shown is described by TypeBox schemas (what may be asked, by class-validator forms). Each carries what the runtime needs to know
 * as plain members: `ref` names the kind of record a string points to, `personal` whose personal data it is.
 */
export type { Static, TObject, TProperties, TSchema };

/** At most 10,000 characters. */
export const Text = Type.String({ maxLength: 10_000 });
/** Text for which some values are usual, so that they can be offered; others are taken, too. */
export const Suggested = (values: readonly string[]) => ({ ...Text, examples: [...values] });
/** The id of a record or of a part of one. */
export const Id = Type.String({ minLength: 1, maxLength: 200 });
/** A business day, `2026-03-01`. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** RFC 3339 in UTC. */
export const Instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' });
/** Exact: the amount is decimal text, the currency an ISO 4217 code. */
export const Money = Type.Object({
  amount: Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
/** A whole number from 0. */
export const Count = Type.Integer({ minimum: 0 });
export const Whole = Type.Integer();
/** A number that need not be exact: to sort and compare by, never to add up. */
export const Rough = Type.Number();
export const Flag = Type.Boolean();
/** One amount per currency, never mixed, ordered by currency. */
export const Sums = Type.Array(Money);
/** A flat bag of a tenant's own fields. */
export const Custom = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]));

/** The id of a record of this kind. */
export const Ref = (kind: string) => Type.String({ minLength: 1, maxLength: 200, ref: kind });
export const Optional = <S extends TSchema>(schema: S) => Type.Optional(schema);
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const List = <S extends TSchema>(schema: S) => Type.Array(schema);
export const Struct = <P extends TProperties>(properties: P) => Type.Object(properties);
export const OneOf = <const V extends string[]>(...values: V) => Type.Unsafe<V[number]>({ type: 'string', enum: values });
export const Shape = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties);
/** What an address answers, under the name that the documents give it. */
export const Answer = <P extends TProperties>(title: string, properties: P): TObject<P> => Type.Object(properties, { title });
/** Members of any name, all alike. */
export const Bag = <S extends TSchema>(schema: S) => Type.Record(Type.String(), schema);
/** A schema whose values are of a type that is known otherwise. */
export const typed = <T>(schema: TSchema) => Type.Unsafe<T>(schema);
/** What is not described further: an event's data, whose schema goes by its type. */
export const Anything = Type.Unknown();

/**
 * Personal data: of the stream's own record, or of the record that the field `by` of the same data refers to (of the stream's own where that field
 * is empty).
 */
export const personal = <S extends TSchema>(schema: S, by?: string): S => ({ ...schema, personal: by ?? true }) as S;

export type Id = string;
export type Day = string;
export type Instant = string;
export type Money = Static<typeof Money>;
export type Sums = Money[];
export type Custom = Static<typeof Custom>;

/** What a schema's members say beyond their type; absent on most. */
export type Notes = {
  ref?: string;
  personal?: true | string;
  type?: string;
  enum?: string[];
  properties?: Record<string, TSchema>;
  items?: TSchema;
  required?: string[];
};
export const notesOf = (schema: TSchema): Notes => schema as Notes;
export const isOptional = (schema: TSchema): boolean => Type.IsOptional(schema);

/** What stands where an erased value stood: text becomes '', lists [], numbers 0; optional members go. */
export function emptyOf(schema: TSchema): unknown {
  const notes = notesOf(schema);
  if (notes.enum) return notes.enum[0];
  switch (notes.type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return Object.fromEntries(
        Object.entries(notes.properties ?? {})
          .filter(([, member]) => !isOptional(member))
          .map(([name, member]) => [name, emptyOf(member)]),
      );
    default:
      return null;
  }
}

/** Keeps what the shape names, at every depth: so that `...e.data` cannot leak a later version's field. */
export function cleanTo(shape: TSchema, value: unknown): unknown {
  const cleaner = cleaners.get(shape) ?? compileCleaner(shape);
  return cleaner(value);
}

type Cleaner = (value: unknown) => unknown;
const cleaners = new WeakMap<TSchema, Cleaner>();
const asIs: Cleaner = (value) => value;

function compileCleaner(schema: TSchema): Cleaner {
  const notes = notesOf(schema);
  let cleaner = asIs;
  if (notes.type === 'object' && notes.properties) {
    const members = Object.entries(notes.properties).map(([name, member]) => [name, compileCleaner(member)] as const);
    cleaner = (value) => {
      if (value === null || typeof value !== 'object') return value;
      const from = value as Record<string, unknown>;
      const out: Record<string, unknown> = {};
      for (const [name, clean] of members) {
        const member = from[name];
        if (member !== undefined && member !== null) out[name] = clean(member);
      }
      return out;
    };
  } else if (notes.type === 'array' && notes.items) {
    const each = compileCleaner(notes.items);
    if (each !== asIs) cleaner = (value) => (Array.isArray(value) ? value.map(each) : value);
  }
  cleaners.set(schema, cleaner);
  return cleaner;
}

export type SchemaFinding = { path: string; message: string };
const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>();

/** Whether a value fits; findings with the path of each member that does not. Compiled once per schema. */
export function validate(schema: TSchema, value: unknown): SchemaFinding[] {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = Compile(schema)));
  if (validator.Check(value)) return [];
  return [...validator.Errors(value)].map((error) => ({
    path: error.instancePath.replaceAll('/', '.').replace(/^\./, ''),
    message: error.message,
  }));
}
