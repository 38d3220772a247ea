import { KEPT, KEPT_AT } from './kept.ts';

/**
 * Keeps the pages themselves and what was last read, so that both can be looked at without a connection. With one, answers always come from the
 * server: this never shows an old answer while a new one can be had.
 */
declare const self: Scope;

// What a service worker has that a page has not; the library's own types of both exclude each other.
type Waits = Event & { waitUntil: (work: Promise<unknown>) => void };
type Fetches = Waits & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Scope = {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Waits) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetches) => void): void;
  addEventListener(type: 'message', listener: (event: Waits & { data: { files: string[] } }) => void): void;
};

const SHELL = 'rapport-shell';
const DAY = 86_400_000;
const MOST_KEPT = 500;
const MOST_FILES = 300;

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

// What the page had loaded before this worker was there.
self.addEventListener('message', (event) => {
  event.waitUntil(keepFiles(event.data.files));
});

/** The document, and the scripts and styles that it names. Others, fonts and texts are kept when they are first used. */
async function keepShell(): Promise<void> {
  const document = await fetch('/', { cache: 'no-cache' });
  await (await caches.open(SHELL)).put('/', document.clone());
  await keepFiles([...(await document.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!));
}

async function keepFiles(files: readonly string[]): Promise<void> {
  const shell = await caches.open(SHELL);
  for (const file of files) if (!(await shell.match(file))) await shell.add(file);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!url.pathname.startsWith('/oidc') && !url.pathname.startsWith('/api')) event.respondWith(page(request));
  } else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (url.pathname.startsWith('/api/v1/') && isKept(url, request)) event.respondWith(answer(request));
});

/** Streams and files are not kept, nor what somebody sees with another's eyes. */
const isKept = (url: URL, request: Request) =>
  !request.headers.has('rapport-as') &&
  !/\/(changes|export|events|rejected)$/.test(url.pathname) &&
  request.headers.get('accept') !== 'text/event-stream';

async function page(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await (await caches.open(SHELL)).put('/', fresh.clone());
    return fresh;
  } catch {
    // Without a connection: the document as it was last seen.
    return (await caches.match('/', { cacheName: SHELL })) ?? Response.error();
  }
}

/** Their names tell what is in them: what is kept is right for ever. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: SHELL });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) {
    const shell = await caches.open(SHELL);
    await shell.put(request, fresh.clone());
    await cut(shell, MOST_FILES);
  }
  return fresh;
}

/** Drops what was kept first. */
async function cut(store: Cache, most: number): Promise<void> {
  const keys = await store.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => store.delete(key)));
}

async function answer(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await keep(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await caches.match(request.url, { cacheName: KEPT });
    if (kept && Date.now() - Number(kept.headers.get(KEPT_AT)) < DAY) return kept;
    throw error;
  }
}

async function keep(request: Request, fresh: Response): Promise<void> {
  const store = await caches.open(KEPT);
  const headers = new Headers(fresh.headers);
  headers.set(KEPT_AT, String(Date.now()));
  // By address alone: whoever signs out takes everything along.
  await store.put(request.url, new Response(await fresh.arrayBuffer(), { status: fresh.status, headers }));
  await cut(store, MOST_KEPT);
}
