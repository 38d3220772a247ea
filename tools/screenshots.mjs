// `npm run screenshots`: pictures of every page, with the sample data, into screenshots/ (which git ignores).
//   node tools/screenshots.mjs [name …]   only pictures whose names begin so
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './browser.mjs';
import { makeReady } from './first-run.mjs';
import { root } from './node.mjs';

const OUTPUT = join(root, 'screenshots');
const ADMIN = { name: 'Kary Hendrix', email: 'kary@example.com', password: 'a long enough password' };
const only = process.argv.slice(2);

/** What is photographed: an address, and what is done there first. A page that is added is added here. */
const SHOTS = [
  { name: 'home', path: '/' },
  { name: 'contacts', path: '/contacts' },
  {
    name: 'contacts-filter',
    path: `/contacts?filter=${encodeURIComponent('lifecycleStage eq "customer" and tags has "renewal"')}`,
    act: (page) =>
      page
        .locator('button:has(svg)', { hasText: /Filter|סינון/ })
        .last()
        .click(),
    ways: ['light'],
  },
  { name: 'contacts-bulk', path: '/contacts', act: bulk, ways: ['light'] },
  { name: 'contacts-new', path: '/contacts', act: (page) => page.keyboard.press('KeyC'), ways: ['light', 'hebrew', 'phone'] },
  { name: 'accounts', path: '/accounts' },
  { name: 'customer', path: '/accounts?search=Labdrill', act: (page) => customer(page) },
  { name: 'customer-as-of', path: '/accounts?search=Labdrill', act: (page) => customer(page, '?at=2017-07-14') },
  { name: 'customer-compare', path: '/accounts?search=Labdrill', act: (page) => customer(page, '?at=2017-04-14&b=2017-09-30') },
  { name: 'customer-why', path: '/accounts?search=Labdrill', act: why, ways: ['light', 'dark', 'hebrew'] },
  { name: 'customer-field', path: '/accounts?search=Labdrill', act: fieldHistory, ways: ['light', 'hebrew'] },
  { name: 'customer-log', path: '/contacts?search=Adler', act: log, ways: ['light', 'hebrew', 'phone'] },
  { name: 'palette', path: '/contacts', act: palette, ways: ['light', 'dark', 'hebrew'] },
  { name: 'keys', path: '/contacts', act: (page) => page.keyboard.press('Shift+Slash'), ways: ['light'] },
  { name: 'import', path: '/import' },
  { name: 'import-file', path: '/import/contacts', ways: ['light', 'phone'] },
  { name: 'figures', path: '/figures/sales' },
  { name: 'figures-then', path: '/figures/sales?at=2017-06-30', ways: ['light', 'dark', 'hebrew'] },
  { name: 'nothing-here', path: '/contacts/no/such/page', ways: ['light'] },
];
const WAYS = {
  light: {},
  dark: { colorScheme: 'dark' },
  hebrew: { locale: 'he-IL' },
  russian: { locale: 'ru-RU' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

async function bulk(page) {
  await page.locator('[role=grid]').focus();
  for (const key of ['KeyJ', 'KeyX', 'KeyJ', 'KeyJ', 'KeyJ', 'Shift+KeyX']) await page.keyboard.press(key);
}
/** Opens what the list has found, at a moment. */
async function customer(page, search = '') {
  await page.locator('[role=gridcell] a, li button').first().click();
  await page.locator('[role=slider]').first().waitFor();
  if (search) await page.goto(page.url() + search);
  await page.locator('[role=slider]').first().waitFor();
  await setTimeout(1_500);
}
async function why(page) {
  await customer(page);
  await page.locator('ol li').filter({ hasText: 'GTX' }).first().hover();
  await page.locator('ol li').filter({ hasText: 'GTX' }).first().locator('button').first().click();
}
async function fieldHistory(page) {
  await customer(page);
  await page.locator('dl dd button[aria-haspopup=dialog]').first().click();
}
async function log(page) {
  await customer(page);
  await page.keyboard.press('KeyN');
}
async function palette(page) {
  await page.keyboard.press('Control+KeyK');
  await page.locator('[role=combobox][aria-controls]').last().pressSequentially('lab');
  await page.locator('[role=option]').first().waitFor();
}

const node = await makeReady();
const browserFile = ensureBrowser();
if (!browserFile) {
  console.error('There is no Chromium here: node tools/browser.mjs --install');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'rapport-screenshots-'));
const { server, url, link } = await start();
const browser = await chromium.launch({ executablePath: browserFile, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  mkdirSync(OUTPUT, { recursive: true });
  await shoot();
} finally {
  await browser.close();
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Starts the product on a folder and a port of its own. */
async function start() {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const main = join(root, 'dist/apps/all-in-one/src/main.js');
  const child = spawn(node, ['--enable-source-maps', main], { env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder } });
  let text = '';
  const welcome = await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      text += part;
      const found = /http\S+token=\S+(?=\n)/.exec(text)?.[0];
      if (found) resolve(found);
    });
    child.stderr.on('data', (part) => (text += part));
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${text}`)));
  });
  return { server: child, url: `http://127.0.0.1:${port}`, link: welcome };
}

async function shoot() {
  const first = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await first.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
  await picture(page, 'welcome');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText(/of 8,800/).waitFor({ timeout: 120_000 });
  await picture(page, 'welcome-loading');
  await page.getByRole('heading', { name: 'Ready' }).waitFor({ timeout: 300_000 });
  await page.getByRole('link', { name: 'Open Rapport' }).click();
  await page.locator('#content').waitFor();
  // The views have seen everything when nothing has moved for a while.
  await setTimeout(10_000);
  const session = await first.storageState();
  await first.close();
  const stranger = await (await browser.newContext({ baseURL: url, locale: 'en-GB', viewport: { width: 1440, height: 900 } })).newPage();
  await stranger.goto('/');
  await stranger.locator('input[name=password]').waitFor();
  await picture(stranger, 'sign-in');
  for (const [way, how] of Object.entries(WAYS)) {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      storageState: session,
      ...how,
    });
    for (const { name, path, act, ways } of SHOTS) {
      if (ways && !ways.includes(way)) continue;
      const shown = await context.newPage();
      await shown.goto(path);
      await shown.locator('#content').waitFor();
      await setTimeout(1_500);
      await shown.waitForFunction(() => !document.querySelector('[data-waits]'), undefined, { timeout: 60_000 });
      await act?.(shown);
      await setTimeout(500);
      await picture(shown, `${name}-${way}`);
      await shown.close();
    }
    await context.close();
  }
}

async function picture(page, name) {
  if (only.length > 0 && !only.some((one) => name.startsWith(one))) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
  console.log(`screenshots/${name}.png`);
}
