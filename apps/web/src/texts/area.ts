import { Fragment, createElement, use, type ReactNode } from 'react';
import { languageNow, setLook, type Language } from '../theme/look.ts';
import { useLanguage } from '../theme/use-look.ts';
import { formOf, pieces, sayer, written, type Catalogue, type Say } from './texts.ts';

const files = import.meta.glob<Catalogue>('./*/{en,he,bg,ru,uz}.ts', { import: 'default' });
const loading = new Map<string, Promise<Catalogue>>();
const loaded = new Map<string, Catalogue>();

/** Loads an area's texts, once per language. A page's route asks for them before the page is shown. */
export function loadTexts(area: string, language: Language = languageNow()): Promise<Catalogue> {
  const key = `./${area}/${language}.ts`;
  let promise = loading.get(key);
  if (!promise) {
    const load = files[key];
    if (!load) throw new RangeError(`there are no texts ${key}`);
    promise = load().then((catalogue) => {
      loaded.set(key, catalogue);
      return catalogue;
    });
    // What could not be loaded is asked for again.
    promise.catch(() => loading.delete(key));
    loading.set(key, promise);
  }
  return promise;
}

/** Changes the pages' language: everything that has been shown so far is loaded first, so that nothing flashes. */
export async function changeLanguage(language: Language): Promise<void> {
  const areas = new Set([...loading.keys()].map((key) => key.split('/')[1]!));
  await Promise.all([...areas].map((area) => loadTexts(area, language)));
  setLook({ language });
}

/** `t(key, params)` says a text; `t.rich` also takes elements as parameters. */
export type Texts<C extends Catalogue> = Say<C> & {
  /** The text of a key that is only known when it runs; undefined where there is none. */
  find: (key: string) => string | undefined;
  rich: (key: keyof C & string, params: Record<string, ReactNode>) => ReactNode;
  language: Language;
};

const made = new WeakMap<Catalogue, Texts<never>>();

/**
 * The hook that gives an area's texts in the language of the pages.
 *
 *     export const useContactTexts = area<typeof en>('contacts');
 */
export function area<C extends Catalogue>(name: string): () => Texts<C> {
  return function useTexts() {
    const language = useLanguage();
    const catalogue = loaded.get(`./${name}/${language}.ts`) ?? use(loadTexts(name, language));
    let texts = made.get(catalogue) as Texts<C> | undefined;
    if (!texts) made.set(catalogue, (texts = textsOf(catalogue as C, language)) as never);
    return texts;
  };
}

function textsOf<C extends Catalogue>(catalogue: C, language: Language): Texts<C> {
  const rich: Texts<C>['rich'] = (key, params) => {
    const template = formOf(catalogue[key]!, language, params.n as number | undefined);
    const plain = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' || typeof value === 'number' ? written(value, language) : value,
      ]),
    );
    return createElement(Fragment, {}, ...pieces<ReactNode>(template, plain));
  };
  const find: Texts<C>['find'] = (key) => {
    const text = catalogue[key];
    return typeof text === 'string' ? text : undefined;
  };
  return Object.assign(sayer(catalogue, language), { rich, find, language });
}
