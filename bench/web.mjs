// npm run bench -- web: the three heaviest pages in a real browser over a large installation: largest paint, layout shift, the slowest interaction.
// `--contacts N` (100,000), `--deals N` (20,000). What Lighthouse measures, by the browser's own entries; no slowed processor or network.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser } from '../tools/browser.mjs';
import { freePort, pause, startServer } from './server.mjs';
import { note, table } from './table.mjs';

const ADMIN = { name: 'Ann', email: 'ann@example.com', password: 'a long enough password' };
const [GIVEN, FAMILY] = ['Ann Bob Cid Dora Emil Fay Gus Hana', 'Lee Stone Hill Ivanova Petrov Meyer Cohen Silva'].map((names) =>
  names.split(' '),
);
const BULK = 1_000;
/** So many times each page is opened, each time in a browser that knows nothing of it; the middle one counts. */
const TIMES = 5;
const WANTED = { paint: 1_500, shift: 0.01, interaction: 100 };

export async function benchWeb({ contacts, deals }) {
  const executablePath = ensureBrowser();
  if (!executablePath) throw new Error('There is no Chromium here: node tools/browser.mjs --install');
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-web-'));
  const children = new Set();
  let browser;
  try {
    const server = await startServer(folder, await freePort(), children);
    await begin(server);
    const places = await furnish(server, contacts, deals);
    browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const session = await signedIn(browser, server.url);
    note('contacts and deals behind the pages', contacts + deals, 'records');
    const bare = await opened(browser, server.url, session, { path: '/health/live', there: 'body' });
    for (const page of pagesOf(places)) await measured(browser, server.url, session, page, Math.round(bare.paint));
    table('floor: a line of text by the same server, in the same browser');
  } finally {
    await browser?.close();
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Admits the first administrator, and waits until the views know her. */
async function begin(server) {
  // The link is the last thing that is said, after that it is ready.
  while (!/token=\S+\n/.test(server.said())) await pause(10);
  const token = new URL(/http\S+token=\S+/.exec(server.said())[0]).searchParams.get('token');
  await fetch(new URL('/api/welcome', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...ADMIN, token }),
  });
  for (let tries = 0; tries < 600; tries++) {
    if (await server.api('/me').catch(() => undefined)) return;
    await pause(100);
  }
  throw new Error('the administrator was not let in');
}

/** People from a file, deals by bulk calls: one company with two hundred of them and a talk a week, as a customer of years has. */
async function furnish(server, contacts, deals) {
  let file = 'First Name,Last Name,Email,Job title,Tags\n';
  for (let at = 0; at < contacts; at++) file += `${GIVEN[at % 8]},${FAMILY[(at >> 3) % 8]}${at},p${at}@example.com,Engineer,vip\n`;
  const { id } = await server.upload('/contacts/imports', file);
  await server.post(`/contacts/imports/${id}/run`, {});
  while ((await server.api(`/contacts/imports/${id}`)).status !== 'done') await pause(500);
  const bulk = async (path, items) => {
    const ids = [];
    for (let from = 0; from < items.length; from += BULK) {
      const results = await (await server.post(`/${path}/bulk`, items.slice(from, from + BULK))).json();
      const wrong = results.find(({ status }) => status >= 400);
      if (wrong) throw new Error(`${path}: ${wrong.problem?.detail}`);
      ids.push(...results.map((one) => one.id));
    }
    return ids;
  };
  const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
  const [company] = await bulk('accounts', [
    { command: 'create', data: { name: 'Labdrill', sector: 'medical' }, occurredAt: daysAgo(1_500) },
  ]);
  const [{ id: person }] = await server.api('/contacts?limit=1&sort=name');
  const [{ id: pipelineId, stages }] = await server.api('/pipelines');
  const opened = Array.from({ length: deals }, (_, at) => ({
    command: 'open',
    data: {
      name: `Deal ${at}`,
      pipelineId,
      stageId: stages[at % stages.length].stageId,
      value: { amount: `${100 + (at % 900)}.00`, currency: 'USD' },
      openedOn: daysAgo(at % 1_400).slice(0, 10),
      ...(at < 200 ? { accountId: company, contactId: person } : {}),
    },
    occurredAt: daysAgo(at % 1_400),
  }));
  const ids = await bulk('opportunities', opened);
  const closed = ids.filter((_, at) => at % 2 === 0);
  await bulk(
    'opportunities',
    closed.map((one) => ({ id: one, command: 'win', data: {} })),
  );
  await bulk(
    'activities',
    Array.from({ length: 200 }, (_, at) => ({
      command: 'record',
      data: { kind: 'call', about: [`contacts.contact/${person}`], subject: `Talk ${at}` },
      occurredAt: daysAgo(at * 7),
    })),
  );
  await server.level();
  return { person };
}

/** What is measured: an address, what shows that it is there, and what somebody does on it. */
const pagesOf = ({ person }) => [
  {
    name: 'contacts',
    path: '/contacts',
    there: '[role=gridcell]',
    async use(page) {
      await page.locator('[role=grid]').click({ position: { x: 300, y: 200 } });
      for (const key of [...Array(12).fill('KeyJ'), 'KeyX', 'PageDown', 'PageDown', 'End', 'Home']) await page.keyboard.press(key);
      await page.locator('[role=columnheader] button').nth(1).click();
      await page.locator('[role=gridcell]').first().waitFor();
      await page.keyboard.press('Slash');
      await page.keyboard.type('ann lee', { delay: 60 });
    },
  },
  {
    name: '360°',
    path: `/contacts/${person}`,
    there: '[role=slider]',
    async use(page) {
      await page.locator('[role=slider]').first().focus();
      for (const key of [...Array(10).fill('ArrowLeft'), 'PageUp', 'PageUp', 'Shift+ArrowLeft', 'Escape']) await page.keyboard.press(key);
      const line = await page.locator('[role=slider]').first().boundingBox();
      await page.mouse.move(line.x + line.width / 2, line.y + line.height / 2);
      await page.mouse.down();
      for (let at = 1; at <= 20; at++) await page.mouse.move(line.x - at * 30, line.y);
      await page.mouse.up();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'pipeline',
    path: '/deals/board',
    there: '[data-card]',
    async use(page) {
      await page.locator('[data-card]').first().focus();
      for (const key of [...Array(8).fill('ArrowDown'), 'ArrowRight', 'ArrowRight', 'Space', 'ArrowRight', 'Space'])
        await page.keyboard.press(key);
      await page.keyboard.press('Control+KeyZ');
    },
  },
];

async function signedIn(browser, url) {
  const context = await browser.newContext({ baseURL: url, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('input[name=email]').fill(ADMIN.email);
  await page.locator('input[name=password]').fill(ADMIN.password);
  await page.locator('form button').click();
  await page.locator('#content').waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

/** Opens a page several times, each time in a browser that knows nothing of it, and uses the last. @returns the middle paint, the largest shift */
async function opened(browser, url, storageState, { path, there, use }) {
  const seen = [];
  let interactions = [];
  for (let at = 0; at < TIMES; at++) {
    const context = await browser.newContext({
      baseURL: url,
      storageState,
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(path);
    await page.locator(there).first().waitFor();
    await quiet(page);
    seen.push(await page.evaluate(() => globalThis.measured()));
    if (use && at === TIMES - 1) {
      await use(page);
      await quiet(page);
      ({ interactions } = await page.evaluate(() => globalThis.measured()));
    }
    await context.close();
  }
  const paints = seen.map(({ paint }) => paint).toSorted((a, b) => a - b);
  return { paint: paints[TIMES >> 1], shift: Math.max(...seen.map(({ shift }) => shift)), interactions };
}

async function measured(browser, url, session, page, floor) {
  const { paint, shift, interactions } = await opened(browser, url, session, page);
  note(`${page.name}: largest paint`, Math.round(paint), 'ms', {
    wanted: WANTED.paint,
    floor,
    further: `the middle of ${TIMES} openings`,
  });
  note(`${page.name}: layout shift`, Number(shift.toFixed(4)), '', { wanted: WANTED.shift, further: `the largest of ${TIMES} openings` });
  const slowest = interactions.toSorted((a, b) => b.duration - a.duration);
  note(`${page.name}: slowest interaction`, slowest[0].duration, 'ms', {
    wanted: WANTED.interaction,
    further: `from the key or click to the next paint; ${slowest.slice(0, 4).map(({ what, duration }) => `${what} ${duration}`)}; of ${slowest.length}`,
  });
}

/** In the page: keeps what the browser says of painting, shifting and answering. */
function watch() {
  const seen = { paint: 0, shift: 0, interactions: [] };
  // An entry knows what happened and not which key it was; by its time they are told apart.
  const keys = new Map();
  for (const type of ['keydown', 'keyup'])
    globalThis.addEventListener(type, ({ timeStamp, code }) => keys.set(Math.round(timeStamp), `${code} ${type.slice(3)}`), {
      capture: true,
    });
  const of = (type, take, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  of('largest-contentful-paint', ({ startTime }) => (seen.paint = startTime));
  of('layout-shift', ({ value, hadRecentInput }) => (seen.shift += hadRecentInput ? 0 : value));
  const noted = ({ name, startTime, duration, interactionId }) => {
    if (interactionId) seen.interactions.push({ what: keys.get(Math.round(startTime)) ?? name, duration });
  };
  of('event', noted, { durationThreshold: 16 });
  globalThis.measured = () => seen;
}

/** Nothing has been asked for, or answered, for half a second. */
async function quiet(page) {
  let [before, still] = [-1, 0];
  for (let tries = 0; still < 5 && tries < 200; tries++) {
    const asked = await page.evaluate(() => performance.getEntriesByType('resource').length);
    still = asked === before ? still + 1 : 0;
    before = asked;
    await pause(100);
  }
}
