import { ValidationTypes, type MetadataStorage } from 'class-validator';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';

/** A form, read once from its decorators. `accepts` is the fast way to a yes; the reasons of a no come from class-validator itself. */
export type CompiledForm = {
  properties: ReadonlyMap<string, Property>;
  accepts(given: Record<string, unknown>): boolean;
  /** An instance of the form; nested objects become instances of theirs. */
  build(given: Record<string, unknown>): object;
};

export type Property = {
  name: string;
  nested?: { list: boolean; form: Form; compiled: () => CompiledForm };
  accepts: (value: unknown, owner: object) => boolean;
};

type Metadata = ReturnType<MetadataStorage['getTargetValidationMetadatas']>[number];
type Check = (value: unknown, owner: object) => boolean;
type Form = new () => object;

/**
 * class-validator walks its metadata anew for every object (tens of microseconds for a small form). The same metadata compiled to one list of
 * functions per property answers the common question, "is it right?", in a few.
 */
export function compileForm(form: Form, storage: MetadataStorage, compiledOf: (form: Form) => CompiledForm): CompiledForm {
  const metadata = storage.getTargetValidationMetadatas(form, '', false, false);
  const properties = new Map<string, Property>();
  for (const [name, rules] of Object.entries(storage.groupByPropertyName(metadata)))
    properties.set(name, property(form, name, rules, storage, compiledOf));
  const all = [...properties.values()];
  const accepts = (given: Record<string, unknown>): boolean => {
    for (const key of Object.keys(given)) if (!properties.has(key)) return false;
    for (const one of all) if (!one.accepts(given[one.name], given)) return false;
    return true;
  };
  const build = (given: Record<string, unknown>): object => {
    const made = new form() as Record<string, unknown>;
    for (const one of all) {
      const value = given[one.name];
      if (value !== undefined) made[one.name] = one.nested ? instances(one.nested, value) : value;
    }
    return made;
  };
  return { properties, accepts, build };
}

function property(
  form: Form,
  name: string,
  rules: Metadata[],
  storage: MetadataStorage,
  compiledOf: (form: Form) => CompiledForm,
): Property {
  const conditions = rules
    .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
    .map((rule) => rule.constraints[0] as (owner: object, value: unknown) => boolean);
  const nestedRule = rules.find((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  const nested = nestedRule && nestedForm(form, name, nestedRule.each === true, compiledOf);
  const checks = rules.flatMap((rule) => constraintChecks(form, rule, storage));
  if (nested) checks.push((value) => nestedAccepts(nested, value));
  // Nesting that names no class cannot be compiled: class-validator itself decides.
  else if (nestedRule) checks.push(() => false);
  const accepts: Check = (value, owner) => {
    for (const condition of conditions) if (!condition(owner, value)) return true;
    for (const check of checks) if (!check(value, owner)) return false;
    return true;
  };
  return nested ? { name, nested, accepts } : { name, accepts };
}

function constraintChecks(form: Form, rule: Metadata, storage: MetadataStorage): Check[] {
  const known: string[] = [ValidationTypes.CONDITIONAL_VALIDATION, ValidationTypes.NESTED_VALIDATION, ValidationTypes.WHITELIST];
  if (known.includes(rule.type)) return [];
  if (rule.type !== ValidationTypes.CUSTOM_VALIDATION && rule.type !== ValidationTypes.IS_DEFINED) return [() => false];
  return storage.getTargetValidatorConstraints(rule.constraintCls).map((constraint): Check => {
    if (constraint.async) return () => false;
    const validator = constraint.instance;
    const one = (value: unknown, owner: object) =>
      validator.validate(value, {
        targetName: form.name,
        property: rule.propertyName,
        object: owner,
        value,
        constraints: rule.constraints,
      }) === true;
    if (!rule.each) return one;
    return (value, owner) => Array.isArray(value) && value.every((item) => one(item, owner));
  });
}

function nestedForm(form: Form, name: string, list: boolean, compiledOf: (form: Form) => CompiledForm): Property['nested'] {
  const typed = defaultMetadataStorage.findTypeMetadata(form, name);
  if (!typed) return undefined;
  const nested = typed.typeFunction() as Form;
  return { list, form: nested, compiled: () => compiledOf(nested) };
}

function nestedAccepts(nested: NonNullable<Property['nested']>, value: unknown): boolean {
  const one = (item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item) && nested.compiled().accepts(item as Record<string, unknown>);
  return nested.list ? Array.isArray(value) && value.every(one) : one(value);
}

function instances(nested: NonNullable<Property['nested']>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => instances(nested, item));
  return value !== null && typeof value === 'object' ? nested.compiled().build(value as Record<string, unknown>) : value;
}
