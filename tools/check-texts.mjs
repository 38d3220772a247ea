// Whether the pages' texts are whole: each area in every language, with the same keys, parameters and plural forms.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './node.mjs';

const FOLDER = join(root, 'apps', 'web', 'src', 'texts');
export const LANGUAGES = ['en', 'he', 'bg', 'ru', 'uz'];

/** @returns {Promise<string[]>} each fault as a sentence; none when the texts are whole */
export async function textFaults(folder = FOLDER) {
  const faults = [];
  const areas = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of areas) {
    const texts = {};
    for (const language of LANGUAGES) {
      const file = join(folder, name, `${language}.ts`);
      if (existsSync(file)) texts[language] = (await import(pathToFileURL(file).href)).default;
      else faults.push(`texts/${name} lacks ${language}.ts`);
    }
    for (const language of LANGUAGES)
      if (texts[language]) faults.push(...catalogueFaults(`texts/${name}/${language}`, texts.en ?? {}, texts[language], language));
  }
  return faults;
}

/** What a translation lacks or has too much, against the English one. */
export function catalogueFaults(where, english, translation, language) {
  const faults = [];
  for (const key of Object.keys(english)) if (!(key in translation)) faults.push(`${where} lacks ${key}`);
  for (const [key, text] of Object.entries(translation)) {
    if (!(key in english)) faults.push(`${where} has ${key}, which English has not`);
    else faults.push(...textProblems(text, english[key], language).map((problem) => `${where} ${key} ${problem}`));
  }
  return faults;
}

function textProblems(text, english, language) {
  if (typeof text === 'string') {
    if (typeof english !== 'string') return ['has no plural forms'];
    if (text.trim() === '') return ['is empty'];
    return same(parametersOf(text), parametersOf(english))
      ? []
      : [`has the parameters ${parametersOf(text)}, not ${parametersOf(english)}`];
  }
  if (typeof english === 'string') return ['has plural forms, where English has none'];
  const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const problems = [];
  if (!same(Object.keys(text).sort(), [...wanted].sort())) problems.push(`has the forms ${Object.keys(text)}, not ${wanted}`);
  const named = parametersOf(english.other).filter((name) => name !== 'n');
  for (const [form, one] of Object.entries(text)) {
    if (one.trim() === '') problems.push(`${form} is empty`);
    // A form may leave the number out: "one contact".
    if (
      !same(
        parametersOf(one).filter((name) => name !== 'n'),
        named,
      )
    )
      problems.push(`${form} has other parameters`);
  }
  return problems;
}

const parametersOf = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
const same = (a, b) => a.length === b.length && a.every((one, at) => one === b[at]);
