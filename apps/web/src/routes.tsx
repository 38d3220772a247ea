import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { figuresSearch } from './pages/figures/figures-search.ts';
import { queryClient } from './queries/client.ts';
import { meQuery } from './queries/me.ts';
import { ErrorPage, NotFound } from './shell/error-page.tsx';
import { Shell } from './shell/shell.tsx';
import { loadTexts } from './texts/area.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Pages inside the frame, for somebody who has signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  loader: () => Promise.all([loadTexts('parts'), loadTexts('records'), queryClient.ensureQueryData(meQuery)]),
  notFoundComponent: NotFound,
  errorComponent: ErrorPage,
});

/*
 * A page: its address here, itself in a file of its own that is loaded when somebody goes there. Its texts are loaded beside it. A page with a search
 * string reads it by `validateSearch`, which gives what the page understands and leaves out the rest.
 */
const home = createRoute({ getParentRoute: () => shell, path: '/', loader: () => loadTexts('home') }).lazy(() =>
  import('./pages/home/home.tsx').then(({ route }) => route),
);

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: listSearch,
  loader: () => loadTexts('contacts'),
}).lazy(() => import('./pages/contacts/contacts.tsx').then(({ route }) => route));

const imports = createRoute({ getParentRoute: () => shell, path: '/import', loader: () => loadTexts('import') }).lazy(() =>
  import('./pages/import/imports.tsx').then(({ route }) => route),
);
const importFile = createRoute({ getParentRoute: () => shell, path: '/import/$kind', loader: () => loadTexts('import') }).lazy(() =>
  import('./pages/import/import-file.tsx').then(({ route }) => route),
);
const importOne = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$id',
  validateSearch: importSearch,
  loader: () => loadTexts('import'),
}).lazy(() => import('./pages/import/import.tsx').then(({ route }) => route));

const figuresHome = createRoute({
  getParentRoute: () => shell,
  path: '/figures',
  beforeLoad: () => {
    throw redirect({ to: '/figures/$board', params: { board: 'sales' } });
  },
});
const figures = createRoute({
  getParentRoute: () => shell,
  path: '/figures/$board',
  validateSearch: figuresSearch,
  loader: () => loadTexts('figures'),
}).lazy(() => import('./pages/figures/figures.tsx').then(({ route }) => route));

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: welcomeSearch,
  loader: () => Promise.all([loadTexts('welcome'), loadTexts('parts')]),
}).lazy(() => import('./pages/welcome/welcome.tsx').then(({ route }) => route));

/** How a list is looked at, as its address says it. */
export type ListSearch = { view?: string; filter?: string; search?: string; sort?: string; at?: string };
function listSearch(raw: Record<string, unknown>): ListSearch {
  return Object.fromEntries(
    ['view', 'filter', 'search', 'sort', 'at'].flatMap((name) =>
      typeof raw[name] === 'string' && raw[name] !== '' ? [[name, raw[name]]] : [],
    ),
  );
}
/** `of`: what was imported, where it is known. */
function importSearch(raw: Record<string, unknown>): { of?: string } {
  return typeof raw.of === 'string' ? { of: raw.of } : {};
}
function welcomeSearch(raw: Record<string, unknown>): { token?: string } {
  return typeof raw.token === 'string' ? { token: raw.token } : {};
}

export const routeTree = root.addChildren([
  shell.addChildren([home, contacts, imports, importFile, importOne, figuresHome, figures]),
  welcome,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  // What is loaded in advance is the page itself; its records are the queries' to keep.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
  // Search strings as they are typed: text stays text.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== undefined) as [string, string][]).toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
