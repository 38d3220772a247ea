import { getMetadataStorage } from 'class-validator';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { compiledForm } from '#runtime';

type Form = new () => object;
export type JsonSchema = Record<string, unknown>;

const MONEY = {
  type: 'object',
  properties: { amount: { type: 'string', example: '900.00' }, currency: { type: 'string', example: 'EUR' } },
  required: ['amount', 'currency'],
  additionalProperties: false,
};
const CUSTOM = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } };

/** Our own rules, and those the library reads too loosely. */
const CONVERTERS = {
  isMoney: () => MONEY,
  isCustom: () => CUSTOM,
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isIso8601: () => ({ type: 'string', format: 'date' }),
  isDay: () => ({ type: 'string', format: 'date' }),
  isInstant: () => ({ type: 'string', format: 'date-time' }),
  isZone: () => ({ type: 'string', example: 'Europe/Sofia' }),
  isLocale: () => ({ type: 'string', example: 'pt-BR' }),
  isIso4217CurrencyCode: () => ({ type: 'string', pattern: '^[A-Z]{3}$' }),
  isIso31661Alpha2: () => ({ type: 'string', pattern: '^[A-Z]{2}$' }),
} as Record<string, () => object>;

/**
 * JSON Schemas of a form and of the forms it nests, by name. Names carry their service, for two services may call a form alike.
 *
 * @param into collects the schemas. @returns the reference to the form's own
 */
export function formSchema(form: Form, service: string, into: Record<string, JsonSchema>): { $ref: string } {
  const name = `${service}.${form.name}`;
  const $ref = `#/components/schemas/${name}`;
  if (into[name]) return { $ref };
  const { properties } = compiledForm(form);
  into[name] = {};
  const schema =
    properties.size === 0
      ? { type: 'object', properties: {} }
      : (targetConstructorToSchema(form, {
          refPointerPrefix: `#/components/schemas/${service}.`,
          classValidatorMetadataStorage: getMetadataStorage(),
          classTransformerMetadataStorage: defaultMetadataStorage as never, // the library wants the whole class; it calls findTypeMetadata alone
          additionalConverters: CONVERTERS as never, // its type wants full schema objects of OpenAPI 3.0, which know no list of types
        }) as unknown as JsonSchema);
  into[name] = { ...schema, additionalProperties: false };
  for (const { nested } of properties.values()) if (nested) formSchema(nested.form, service, into);
  return { $ref };
}
