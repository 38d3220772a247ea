import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { figuresSearch } from './pages/figures/figures-search.ts';
import { queryClient } from './queries/client.ts';
import { meQuery } from './queries/me.ts';
import { ErrorPage, NotFound } from './shell/error-page.tsx';
import { Shell } from './shell/shell.tsx';
import type { DealSearch } from './pages/deals/use-deal-search.ts';
import type { AuditSearch } from './pages/settings/audit/audit-query.ts';
import type { StreamsSearch } from './pages/settings/streams/feed.ts';
import type { ListSearch } from './parts/list/use-list-state.ts';
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
/** The pages of settings: a list of them beside each, and on a phone as a page of links. */
const settings = createRoute({ getParentRoute: () => shell, path: '/settings', loader: () => loadTexts('settings') }).lazy(() =>
  import('./pages/settings/settings.tsx').then(({ route }) => route),
);
const inSettings = <const P extends string>(path: P, ...areas: string[]) =>
  createRoute({ getParentRoute: () => settings, path, loader: () => Promise.all(areas.map((area) => loadTexts(area))) });
const settingsPages = [
  inSettings('/').lazy(() => import('./pages/settings/settings-index.tsx').then(({ route }) => route)),
  inSettings('/profile').lazy(() => import('./pages/settings/profile.tsx').then(({ route }) => route)),
  inSettings('/company', 'history').lazy(() => import('./pages/settings/company.tsx').then(({ route }) => route)),
  createRoute({ getParentRoute: () => settings, path: '/people', validateSearch: listSearch, loader: () => loadTexts('people') }).lazy(() =>
    import('./pages/settings/people/people.tsx').then(({ route }) => route),
  ),
  inSettings('/people/$id', 'people', 'history', 'setup', 'grants').lazy(() =>
    import('./pages/settings/people/person.tsx').then(({ route }) => route),
  ),
  inSettings('/teams', 'teams').lazy(() => import('./pages/settings/teams/teams.tsx').then(({ route }) => route)),
  inSettings('/teams/$id', 'teams', 'people', 'history', 'setup', 'grants').lazy(() =>
    import('./pages/settings/teams/team.tsx').then(({ route }) => route),
  ),
  inSettings('/roles', 'roles', 'grants').lazy(() => import('./pages/settings/roles/roles.tsx').then(({ route }) => route)),
  inSettings('/roles/$id', 'roles', 'grants', 'people', 'history', 'setup').lazy(() =>
    import('./pages/settings/roles/role.tsx').then(({ route }) => route),
  ),
  inSettings('/pipelines', 'pipelines').lazy(() => import('./pages/settings/pipelines/pipelines.tsx').then(({ route }) => route)),
  inSettings('/pipelines/$id', 'pipelines', 'people', 'history', 'setup', 'grants').lazy(() =>
    import('./pages/settings/pipelines/pipeline.tsx').then(({ route }) => route),
  ),
  inSettings('/keys', 'keys', 'grants').lazy(() => import('./pages/settings/keys/keys.tsx').then(({ route }) => route)),
  inSettings('/imports', 'imported').lazy(() => import('./pages/settings/imports/imports.tsx').then(({ route }) => route)),
  createRoute({ getParentRoute: () => settings, path: '/streams', validateSearch: streamsSearch, loader: () => loadTexts('streams') }).lazy(
    () => import('./pages/settings/streams/streams.tsx').then(({ route }) => route),
  ),
  inSettings('/system', 'system').lazy(() => import('./pages/settings/system/system.tsx').then(({ route }) => route)),
  createRoute({
    getParentRoute: () => settings,
    path: '/audit',
    validateSearch: auditSearch,
    loader: () => Promise.all(['audit', 'history', 'setup', 'grants'].map((area) => loadTexts(area))),
  }).lazy(() => import('./pages/settings/audit/audit.tsx').then(({ route }) => route)),
];

/** Deals, where somebody looked at them last: as a board, a list or a calendar. */
const deals = createRoute({
  getParentRoute: () => shell,
  path: '/deals',
  beforeLoad: ({ location }) => {
    if (/^\/deals\/?$/.test(location.pathname)) throw redirect({ to: '/deals/board' });
  },
});
const board = createRoute({
  getParentRoute: () => shell,
  path: '/deals/board',
  validateSearch: dealSearch,
  loader: () => loadTexts('deals'),
}).lazy(() => import('./pages/deals/board/board.tsx').then(({ route }) => route));

const dealList = createRoute({
  getParentRoute: () => shell,
  path: '/deals/list',
  validateSearch: listSearch,
  loader: () => loadTexts('deals'),
}).lazy(() => import('./pages/deals/list/list.tsx').then(({ route }) => route));
const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/deals/calendar',
  validateSearch: dealSearch,
  loader: () => loadTexts('deals'),
}).lazy(() => import('./pages/deals/calendar/calendar.tsx').then(({ route }) => route));
const deal = createRoute({
  getParentRoute: () => shell,
  path: '/deals/$id',
  validateSearch: dealSearch,
  loader: () => loadTexts('deals'),
}).lazy(() => import('./pages/deals/deal/deal-page.tsx').then(({ route }) => route));

const products = createRoute({
  getParentRoute: () => shell,
  path: '/products',
  validateSearch: listSearch,
  loader: () => loadTexts('products'),
}).lazy(() => import('./pages/products/products.tsx').then(({ route }) => route));
const product = createRoute({
  getParentRoute: () => shell,
  path: '/products/$id',
  validateSearch: listSearch,
  loader: () => loadTexts('products'),
}).lazy(() => import('./pages/products/products.tsx').then(({ productRoute }) => productRoute));

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

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  validateSearch: tokenSearch,
  loader: () => Promise.all([loadTexts('join'), loadTexts('welcome'), loadTexts('parts')]),
}).lazy(() => import('./pages/join/join.tsx').then(({ route }) => route));

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: tokenSearch,
  loader: () => Promise.all([loadTexts('welcome'), loadTexts('parts')]),
}).lazy(() => import('./pages/welcome/welcome.tsx').then(({ route }) => route));

function listSearch(raw: Record<string, unknown>): ListSearch {
  return textsIn(raw, ['view', 'filter', 'search', 'sort', 'at']);
}
function auditSearch(raw: Record<string, unknown>): AuditSearch {
  return textsIn(raw, ['who', 'about', 'what', 'from', 'to', 'together', 'record']);
}
function streamsSearch(raw: Record<string, unknown>): StreamsSearch {
  return textsIn(raw, ['tab', 'service', 'type', 'record', 'who', 'together']);
}
function dealSearch(raw: Record<string, unknown>): DealSearch {
  const { at, known, ...others } = textsIn(raw, ['at', 'known', 'pipeline', 'owner', 'filter', 'search', 'sort', 'stage', 'month']);
  const day = (text: string | undefined) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);
  return { ...others, at: day(at), known: day(known) };
}
/** Those of these parameters that say something. */
function textsIn<K extends string>(raw: Record<string, unknown>, names: readonly K[]): { [N in K]?: string } {
  return Object.fromEntries(names.flatMap((name) => (typeof raw[name] === 'string' && raw[name] !== '' ? [[name, raw[name]]] : []))) as {
    [N in K]?: string;
  };
}
/** `of`: what was imported, where it is known. */
function importSearch(raw: Record<string, unknown>): { of?: string } {
  return typeof raw.of === 'string' ? { of: raw.of } : {};
}
function tokenSearch(raw: Record<string, unknown>): { token?: string } {
  return typeof raw.token === 'string' ? { token: raw.token } : {};
}

export const routeTree = root.addChildren([
  shell.addChildren([
    home,
    contacts,
    contact,
    accounts,
    account,
    deals,
    board,
    dealList,
    calendar,
    deal,
    products,
    product,
    imports,
    importFile,
    importOne,
    figuresHome,
    figures,
    settings.addChildren(settingsPages),
  ]),
  welcome,
  join,
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
