/** How the pages look on this device: kept beside the browser, not in the account, for it depends on the screen. index.html reads it before the first paint. */
export type Look = {
  language?: Language;
  scheme?: 'light' | 'dark' | 'system';
  density?: 'compact' | 'regular' | 'roomy';
  /** Whether single letters act (WCAG 2.1.4). */
  letters?: boolean;
  /** Whether the undo notice stays until it is closed. */
  toastsStay?: boolean;
};

export const LANGUAGES = ['en', 'he', 'bg', 'ru', 'uz'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'rapport.look';
const listeners = new Set<() => void>();
let look = read();

function read(): Look {
  return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Look;
}

/** What was chosen here, with what goes without saying. */
export const lookNow = (): Look => look;

/** Keeps a choice and shows it at once, in every open tab. */
export function setLook(change: Look): void {
  look = { ...look, ...change };
  localStorage.setItem(KEY, JSON.stringify(look));
  show();
}

export function onLook(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language of the pages: as chosen, else the first of the browser's that we speak. */
export function languageNow(): Language {
  const known = (code: string | undefined): code is Language => LANGUAGES.includes(code as Language);
  if (known(look.language)) return look.language;
  return navigator.languages.map((one) => one.slice(0, 2)).find(known) ?? 'en';
}

const dark = matchMedia('(prefers-color-scheme: dark)');
export const schemeNow = (): 'light' | 'dark' => (look.scheme === 'dark' || (look.scheme !== 'light' && dark.matches) ? 'dark' : 'light');

function show(): void {
  const html = document.documentElement;
  html.dataset.density = look.density ?? 'regular';
  html.dataset.mantineColorScheme = schemeNow();
  html.lang = languageNow();
  html.dir = languageNow() === 'he' ? 'rtl' : 'ltr';
  for (const listener of listeners) listener();
}

dark.addEventListener('change', show);
addEventListener('storage', ({ key }) => {
  if (key !== KEY) return;
  look = read();
  show();
});
