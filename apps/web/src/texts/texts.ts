/** Forms of a counted text by plural category; which of them a language has, `Intl.PluralRules` says. */
export type Plural = { zero?: string; one?: string; two?: string; few?: string; many?: string; other: string };

/** An area's words in one language. `{name}` stands for what is put in; in a plural, `{n}` for the count. */
export type Catalogue = Readonly<Record<string, string | Plural>>;

/** What a translation of an English catalogue must have: the same keys, a plural where English has one. */
export type Translation<C> = { readonly [K in keyof C]: C[K] extends string ? string : Plural };

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type ParamsOf<T> = T extends string ? Names<T> : T extends { other: infer O } ? Names<O> | 'n' : never;
type Given<T, V> = [ParamsOf<T>] extends [never] ? [] : [params: { [P in ParamsOf<T>]: P extends 'n' ? number : V }];

/** The keys of texts that take no parameters. */
export type PlainKey<C> = { [K in keyof C]: [ParamsOf<C[K]>] extends [never] ? K : never }[keyof C] & string;

/** Says a text of an area. Numbers are written as the language writes them. */
export type Say<C> = <K extends keyof C & string>(key: K, ...params: Given<C[K], string | number>) => string;

/** The pieces of a text, for those whose parameters are more than text. */
export type Piece<V> = string | V;

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

/** The locale by which a language's dates and numbers are written. */
export const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language === 'uz' ? 'uz-Latn-UZ' : language);

export function pluralRules(language: string): Intl.PluralRules {
  let found = rules.get(language);
  if (!found) rules.set(language, (found = new Intl.PluralRules(localeOf(language))));
  return found;
}

function numberFormat(language: string): Intl.NumberFormat {
  let found = numbers.get(language);
  if (!found) numbers.set(language, (found = new Intl.NumberFormat(localeOf(language))));
  return found;
}

/** The form of a text for its count. */
export function formOf(text: string | Plural, language: string, n: number | undefined): string {
  if (typeof text === 'string') return text;
  return text[pluralRules(language).select(n ?? 0) as keyof Plural] ?? text.other;
}

/** A text cut at its parameters, each given what stands for it. @throws RangeError for one that is not given */
export function pieces<V>(template: string, given: Readonly<Record<string, V>>): Piece<V>[] {
  return template.split(/(\{\w+\})/).flatMap((part): Piece<V>[] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return part === '' ? [] : [part];
    if (!(name in given)) throw new RangeError(`"${template}" wants {${name}}`);
    return [given[name]!];
  });
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A value inside a sentence. Names may be written in the other direction: then they are isolated, so that they do not turn what is around them. */
export function written(value: string | number, language: string): string {
  if (typeof value === 'number') return numberFormat(language).format(value);
  return language === 'he' || RTL.test(value) ? `\u2068${value}\u2069` : value;
}

/** @returns how to say the texts of a catalogue */
export function sayer<C extends Catalogue>(catalogue: C, language: string): Say<C> {
  return (key, ...rest) => {
    const params = (rest[0] ?? {}) as Record<string, string | number>;
    const template = formOf(catalogue[key]!, language, params.n as number | undefined);
    const given = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, written(value, language)]));
    return pieces(template, given).join('');
  };
}
