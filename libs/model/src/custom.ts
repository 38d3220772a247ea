import { registerDecorator, type ValidationOptions } from 'class-validator';

const NAME = /^[a-z][A-Za-z0-9]{0,49}$/;
const MOST_FIELDS = 100;
const MOST_TEXT = 4_000;

/** What is wrong with a bag of custom values, in words; undefined when nothing is. Whether its fields exist is the tenant's definitions' question. */
export function customFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not a flat bag of values';
  const entries = Object.entries(value);
  if (entries.length > MOST_FIELDS) return `has more than ${MOST_FIELDS} fields`;
  for (const [name, member] of entries) {
    if (!NAME.test(name)) return `has a field whose name is not like "region" or "contractNumber"`;
    if (
      typeof member === 'string'
        ? member.length > MOST_TEXT
        : typeof member === 'number'
          ? !Number.isFinite(member)
          : member !== null && typeof member !== 'boolean'
    )
      return `.${name} is not text of at most ${MOST_TEXT} characters, a number, true, false or null`;
  }
  return undefined;
}

/** Class-validator: a flat bag of custom values. */
export const IsCustom = (options?: ValidationOptions) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isCustom',
    target: target.constructor,
    propertyName,
    options,
    validator: {
      validate: (value) => customFault(value) === undefined,
      defaultMessage: (args) => `$property ${customFault(args?.value) ?? 'is no bag of values'}`,
    },
  });
