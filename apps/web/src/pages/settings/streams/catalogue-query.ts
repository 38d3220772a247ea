import { queryOptions } from '@tanstack/react-query';

/** A JSON Schema as the catalogue has it; `personal` and `ref` are remarks of ours. */
export type Schema = {
  $id?: string;
  type?: string;
  enum?: readonly string[];
  const?: unknown;
  items?: Schema;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  pattern?: string;
  personal?: boolean | string;
  ref?: string;
};
/** A type of event. `version`: of its schema. */
export type Told = { type: string; service: string; version: string; schema: Schema };

type AsyncApi = { components: { messages: Record<string, { payload: Schema }> } };
const DOCUMENT = '/api/asyncapi.json';

/** Every type of event that services tell, by name. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: async ({ signal }): Promise<Told[]> => {
    const answer = await fetch(DOCUMENT, { signal });
    if (!answer.ok) throw new Error(`${DOCUMENT}: ${answer.status}`);
    return toldIn((await answer.json()) as AsyncApi);
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export function toldIn({ components }: AsyncApi): Told[] {
  return Object.entries(components.messages)
    .map(([type, { payload }]) => ({
      type,
      service: type.slice(0, type.indexOf('.')),
      version: /(\d+)\.json$/.exec(payload.$id ?? '')?.[1] ?? '',
      schema: payload,
    }))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** A field's form in a few signs: `text`, `[{ type, address }]`, `work | home`. */
export function formOf(schema: Schema): string {
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(formOf).join(' | ');
  if (schema.type === 'array') return `[${schema.items ? formOf(schema.items) : ''}]`;
  if (schema.type === 'object') return schema.properties ? `{ ${Object.keys(schema.properties).join(', ')} }` : '{ }';
  if (schema.pattern?.startsWith('^\\d{4}-\\d{2}-\\d{2}')) return schema.pattern.includes('T') ? 'date-time' : 'date';
  return schema.type ?? '';
}
