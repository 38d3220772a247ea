import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
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

/** How a customer's page is looked at: see pages/customer/time/use-moment.ts. */
function customerSearch(raw: Record<string, unknown>): { at?: string; known?: string; b?: string; panel?: string } {
  return textsIn(raw, ['at', 'known', 'b', 'panel']);
}
const customerTexts = () => Promise.all(['customer', 'history', 'contacts'].map((area) => loadTexts(area)));

const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$id',
  validateSearch: customerSearch,
  loader: customerTexts,
}).lazy(() => import('./pages/customer/contact-page.tsx').then(({ route }) => route));

const accounts = createRoute({
  getParentRoute: () => shell,
  path: '/accounts',
  validateSearch: listSearch,
  loader: () => loadTexts('accounts'),
}).lazy(() => import('./pages/accounts/accounts.tsx').then(({ route }) => route));

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$id',
  validateSearch: customerSearch,
  loader: customerTexts,
}).lazy(() => import('./pages/customer/account-page.tsx').then(({ route }) => route));

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: welcomeSearch,
  loader: () => Promise.all([loadTexts('welcome'), loadTexts('parts')]),
}).lazy(() => import('./pages/welcome/welcome.tsx').then(({ route }) => route));

/** How a list is looked at, as its address says it. */
export type ListSearch = { view?: string; filter?: string; search?: string; sort?: string; at?: string };
function listSearch(raw: Record<string, unknown>): ListSearch {
  return textsIn(raw, ['view', 'filter', 'search', 'sort', 'at']);
}
/** Those of these parameters that say something. */
function textsIn(raw: Record<string, unknown>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = raw[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}
function welcomeSearch(raw: Record<string, unknown>): { token?: string } {
  return typeof raw.token === 'string' ? { token: raw.token } : {};
}

export const routeTree = root.addChildren([shell.addChildren([home, contacts, contact, accounts, account]), welcome]);

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
