import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import { begin, hostProcess, PASSWORD, tokenOf, until, type Host, type Server } from '#testing/all-in-one';
import { ensureBrowser } from '#testing/browser';

/**
 * The built product as a process of its own, looked at with a real browser. A suite says `describePages('…', () => …)`: where there is no browser it
 * is skipped by its name, and with ENGINES=required it fails.
 */
const file = ensureBrowser();
if (!file && process.env.ENGINES === 'required') throw new Error('There is no Chromium here: node tools/browser.mjs --install');
export const describePages: typeof describe | typeof describe.skip = file ? describe : describe.skip;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Minutes: other suites work the same cores. */
const SHARED = 4;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const ADMIN = { name: 'Ann', email: 'ann@example.com', password: PASSWORD };

export type How = {
  language?: 'en' | 'he' | 'bg' | 'ru' | 'uz';
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** With the service worker, for what is read without a connection. */
  offline?: boolean;
  /** Answers of these statuses are what the test is about. */
  expects?: number[];
};

export type Visit = {
  page: Page;
  context: BrowserContext;
  /** Goes to an address of the product, once the views have seen what was written, and waits until the page is there. */
  go(path: string): Promise<void>;
  /** Goes on to another page as a link would, without loading the product anew. */
  to(path: string): Promise<void>;
  /** Waits until nothing is being asked for any more. */
  settled(): Promise<void>;
  /** What axe finds; empty when the page is as it should be. */
  axe(): Promise<string[]>;
  /** Console errors, failed requests and refusals so far. */
  faults: string[];
};

export type Pages = {
  host: Host;
  server: Server;
  /** The HTTP interface, as the administrator; what is read has seen everything that was written. @throws when it refuses */
  api<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  /** A browser of its own, signed in as the administrator. */
  visit(how?: How): Promise<Visit>;
  /** A browser of its own, not signed in. */
  stranger(how?: How): Promise<Visit>;
  /** Loads the sample data and waits until every view has it. */
  loadDemo(): Promise<void>;
  /** Everything that was written has been seen by the views. */
  level(): Promise<void>;
  close(): Promise<void>;
};

/** Starts the product on a folder of its own. `begun`: the administrator has chosen how to sign in. */
export async function openPages({ begun = true }: { begun?: boolean } = {}): Promise<Pages> {
  const host = await hostProcess();
  let browser: Browser | undefined;
  try {
    const server = await host.start({ first: true });
    if (begun) await begin(server);
    browser = await chromium.launch({ executablePath: file!, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    return pagesOn(host, server, browser);
  } catch (error) {
    await browser?.close();
    host.close();
    throw error;
  }
}

function pagesOn(host: Host, server: Server, browser: Browser): Pages {
  let session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
  let token: string | undefined;
  async function ask<T>(method: string, path: string, body?: unknown, further: Record<string, string> = {}): Promise<T> {
    token ??= await tokenOf(host, server.url);
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...further },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const level = async () => {
    await until(async () => {
      const lists = await Promise.all(
        ['workspace', 'contacts', 'sales'].map((one) => ask<{ lag: number }[]>('GET', `/services/${one}/projections`)),
      );
      return lists.flat().every(({ lag }) => lag === 0);
    }, SHARED);
  };
  const pages: Pages = {
    host,
    server,
    level,
    async api(method, path, body, further) {
      if (method === 'GET') await level();
      return ask(method, path, body, further);
    },
    async visit(how = {}) {
      if (!session) {
        const first = await open(browser, server.url, {});
        await first.page.goto(`${server.url}/`);
        await signIn(first.page);
        session = await first.context.storageState();
        await first.context.close();
      }
      return open(browser, server.url, how, level, session);
    },
    stranger: (how = {}) => open(browser, server.url, how),
    async loadDemo() {
      await ask('POST', '/demo');
      await until(async () => {
        const { status, problem } = await ask<{ status: string; problem?: string }>('GET', '/demo');
        if (status === 'failed') throw new Error(problem);
        return status === 'done';
      }, SHARED);
      await level();
    },
    async close() {
      await browser.close();
      host.close();
    },
  };
  return pages;
}

/** Waits until what a page has is what is expected of it. @throws with how they differ, where it does not come about */
export async function becomes<T>(ask: () => T | Promise<T>, expected: unknown): Promise<void> {
  let last: T | undefined;
  await until(async () => isDeepStrictEqual((last = await ask()), expected), 0.25).catch(() => expect(last).toEqual(expected));
}

/** Fills in the sign-in page that the browser has been brought to. */
export async function signIn(page: Page, { email, password }: { email: string; password: string } = ADMIN): Promise<void> {
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button').click();
  await page.locator('#content').waitFor();
}

async function open(
  browser: Browser,
  url: string,
  how: How,
  level: () => Promise<void> = async () => {},
  session?: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<Visit> {
  const { language = 'en', scheme = 'light', width = 1440, height = 900, offline = false, expects = [] } = how;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    hasTouch: width <= 720,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: { en: 'en-GB', he: 'he-IL', bg: 'bg-BG', ru: 'ru-RU', uz: 'uz-UZ' }[language],
    timezoneId: 'Europe/Sofia',
    storageState: session,
    serviceWorkers: offline ? 'allow' : 'block',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // What was refused is judged by its status, below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left breaks off what it was asking for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      faults.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400 && !expects.includes(answer.status()))
      faults.push(`${answer.request().method()} ${answer.url()}: ${answer.status()}`);
  });
  const asking = new Set<Request>();
  // What is followed never ends: changes, events as they come.
  page.on('request', (request) => request.headers().accept === 'text/event-stream' || asking.add(request));
  const ended = (request: Request) => void asking.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  const settled = async () => {
    let quiet = 0;
    await until(async () => (quiet = asking.size === 0 ? quiet + 1 : 0) > 1).catch(() => {
      throw new Error(`still asked for: ${[...asking].map((request) => request.url()).join(' ')}`);
    });
  };
  return {
    page,
    context,
    faults,
    async go(path) {
      await level();
      await page.goto(path);
      await page.locator('#content, main').first().waitFor();
      await settled();
    },
    async to(path) {
      await page.evaluate((path) => history.pushState({}, '', path), path);
      // The router says itself when it has come there, perhaps elsewhere.
      await page.waitForFunction(() => {
        const { state } = (globalThis as unknown as { __TSR_ROUTER__: { state: RouterState } }).__TSR_ROUTER__;
        return state.status === 'idle' && state.resolvedLocation?.pathname === location.pathname;
      });
      await settled();
    },
    settled,
    async axe() {
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
      const found = await page.evaluate(async (rules) => {
        const { axe } = globalThis as unknown as { axe: { run: (root: Document, how: object) => Promise<{ violations: Violation[] }> } };
        return (await axe.run(document, { runOnly: rules })).violations;
      }, RULES);
      return found.map(
        ({ id, help, nodes }) =>
          `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
      );
    },
  };
}

type RouterState = { status: string; resolvedLocation?: { pathname: string } };
type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] };
