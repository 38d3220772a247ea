import fastifyStatic from '@fastify/static';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The addresses that are pages: each is answered by the same document, which shows what belongs there. Everything else is an address of its own. */
export const PAGES = [
  '/',
  ...['welcome', 'join', 'signed-in', 'contacts', 'accounts', 'deals', 'products', 'figures', 'import', 'imports', 'settings'].flatMap(
    below,
  ),
];

/** Addresses without a token: a page shows nothing until whoever opens it has signed in. */
export const WEB_OPEN = [...PAGES, '/assets/*', '/sw.js', '/manifest.webmanifest', '/icon.svg', '/icon-192.png', '/icon-512.png'];

function below(name: string): string[] {
  return [`/${name}`, `/${name}/*`];
}

const DAY = 86_400;

/** Scripts and styles carry a hash of what is in them in their names; fonts have names that stay; the rest is asked for anew. */
function cachingOf(path: string): string {
  if (/\.woff2(\.\w+)?$/.test(path)) return `public, max-age=${30 * DAY}`;
  return /[\\/]assets[\\/]/.test(path) ? `public, max-age=${365 * DAY}, immutable` : 'no-cache';
}

/** What a browser lets the pages do: their own scripts and styles, and to ask this server. Styles made while they run carry the answer's nonce. */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The pages, as tools/build-web.mjs has built them.
 *
 * @param folder `dist/web`
 * @throws when they have not been built
 */
export async function addWeb(fastify: FastifyInstance, folder: string): Promise<void> {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) throw new Error(`The pages are not built (${file} is missing): node tools/build.mjs`);
  const page = async (_request: unknown, reply: FastifyReply) => {
    // Read anew each time: the pages may be built again while the server runs.
    const document = await readFile(file, 'utf8');
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policy(nonce))
      .header('cross-origin-opener-policy', 'same-origin')
      .send(document.replaceAll('NONCE', nonce));
  };
  for (const path of PAGES) fastify.get(path, page);
  await fastify.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (reply, path) => void reply.header('cache-control', cachingOf(path)),
  });
  fastify.get('/assets/*', (request, reply) => reply.sendFile(`assets/${(request.params as { '*': string })['*']}`));
  for (const path of WEB_OPEN.filter((one) => /\.\w+$/.test(one)))
    fastify.get(path, (_request, reply) => {
      // A worker lives by its own script's policy: it asks this server, and nothing else.
      if (path === '/sw.js') reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
      return reply.sendFile(path.slice(1));
    });
}
