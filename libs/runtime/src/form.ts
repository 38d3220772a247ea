import 'reflect-metadata';
import { getMetadataStorage, validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { compileForm, type CompiledForm } from './form-check.ts';
import { hintFor } from './form-hints.ts';
import { invalid, type FieldProblem } from './problem.ts';

const OPTIONS: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
};

const compiled = new WeakMap<object, CompiledForm>();

/** What a form was compiled to; made once. Forms are classes, decorated when their module was loaded. */
export function compiledForm(form: new () => object): CompiledForm {
  let made = compiled.get(form);
  if (!made) compiled.set(form, (made = compileForm(form, getMetadataStorage(), compiledForm)));
  return made;
}

/**
 * Turns a parsed body into an instance of its form, or says field by field what is wrong and what would be right. Unknown properties are
 * refused. `undefined` counts as an empty body, for acts that need nothing.
 *
 * @throws Problem 400 `invalid` with `fields`
 */
export function validateForm<T extends object>(form: new () => T, body: unknown): T {
  const given = body === undefined ? {} : body;
  if (!isPlain(given)) throw invalid([{ field: '', problem: 'must be an object', hint: `an object with ${list(fieldsOf(form))}` }]);
  const made = compiledForm(form);
  if (made.accepts(given)) return made.build(given) as T;
  const fields = problemsOf(form, given, '');
  // What the compiled check could not settle (a validator it cannot call), class-validator has found right.
  if (fields.length === 0) return made.build(given) as T;
  throw invalid(fields);
}

/** The names of a form's properties, in the order of their declaration. */
export const fieldsOf = (form: new () => object): string[] => [...compiledForm(form).properties.keys()];

const isPlain = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every finding on a body, its nested objects included. Levels are walked here, for class-validator takes a list where one object belongs. */
function problemsOf(form: new () => object, given: Record<string, unknown>, path: string): FieldProblem[] {
  const made = compiledForm(form);
  const found: FieldProblem[] = [];
  for (const key of Object.keys(given))
    if (!made.properties.has(key))
      found.push({
        field: path + key,
        problem: 'is not known here',
        hint: made.properties.size ? `one of ${list([...made.properties.keys()])}` : 'nothing is expected',
      });
  if (made.properties.size > 0)
    for (const error of validateSync(made.build(given), OPTIONS))
      found.push(...ownProblems(error, path, given[error.property] === undefined));
  for (const { name, nested, accepts } of made.properties.values()) {
    const value = given[name];
    if (!nested || accepts(value, given) || value === undefined) continue;
    const field = path + name;
    if (nested.list !== Array.isArray(value)) found.push({ field, problem: nested.list ? 'must be a list' : 'must be an object' });
    else
      for (const [at, item] of (nested.list ? (value as unknown[]) : [value]).entries())
        found.push(...itemProblems(nested.form, item, nested.list ? `${field}.${at}` : field));
  }
  return found;
}

const itemProblems = (form: new () => object, item: unknown, field: string): FieldProblem[] =>
  isPlain(item) ? problemsOf(form, item, `${field}.`) : [{ field, problem: 'must be an object' }];

/** A field that is missing breaks every rule it has; that it is missing says it all. */
function ownProblems(error: ValidationError, path: string, missing: boolean): FieldProblem[] {
  const rules = Object.entries(error.constraints ?? {}).filter(([rule]) => rule !== 'nestedValidation');
  if (missing && rules.length > 0) {
    const hint = rules.map(([rule]) => hintFor(rule)).find(Boolean);
    return [{ field: path + error.property, problem: 'is missing', ...(hint ? { hint } : {}) }];
  }
  return rules.map(([rule, message]): FieldProblem => {
    const hint = hintFor(rule);
    const found = { field: path + error.property, problem: withoutName(message, error.property) };
    return hint ? { ...found, hint } : found;
  });
}

/** class-validator says `name must be a string`; the field stands beside it already. */
function withoutName(message: string, property: string): string {
  if (message.startsWith(`${property} `)) return message.slice(property.length + 1);
  if (message.startsWith(`each value in ${property} `))
    return `must hold only values of which each ${message.slice(`each value in ${property} `.length)}`;
  return message;
}

const list = (names: string[]) => (names.length ? names.join(', ') : 'no properties');
