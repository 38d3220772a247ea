/** A parameter of a query string as the documents describe it. A class that reads a query string lists its own: `static readonly parameters`. */
export type Parameter = { name: string; description: string; schema: Record<string, unknown> };

/** @param schema JSON Schema of its value; text unless told */
export const parameter = (name: string, description: string, schema: Record<string, unknown> = { type: 'string' }): Parameter => ({
  name,
  description,
  schema,
});

/** A moment: a day, which means its end in the tenant's zone, or a time with its offset. */
const MOMENT = { type: 'string', examples: ['2017-06-30', '2017-06-30T12:00:00Z'] };
export const MOMENT_PARAMETERS = [
  parameter('asOf', 'As it was then: what had happened by this day or time.', MOMENT),
  parameter('knownAt', 'As it was known then: what had been recorded by this day or time.', MOMENT),
];

/** The parameters a query class lists. */
export const parametersOf = (query: object | undefined): readonly Parameter[] =>
  query && 'parameters' in query ? (query.parameters as readonly Parameter[]) : [];
