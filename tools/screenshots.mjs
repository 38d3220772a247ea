// `npm run screenshots`: pictures of every page, with the sample data, into screenshots/ (which git ignores).
//   node tools/screenshots.mjs [--way light …] [--data FOLDER] [--to FOLDER] [name …]
// `name`: only pictures whose names begin so. `--data`: keeps the data there for the next time, which then need not load it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './browser.mjs';
import { makeReady } from './first-run.mjs';
import { root } from './node.mjs';
import { furnish } from './screenshots/furnish.mjs';
import { shotsOf } from './screenshots/shots.mjs';

const { values: asked, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { way: { type: 'string', multiple: true }, data: { type: 'string' }, to: { type: 'string', default: 'screenshots' } },
});
const OUTPUT = resolve(root, asked.to);
const ADMIN = { name: 'Kary Hendrix', email: 'kary@example.com', password: 'a long enough password' };
const DESK = { locale: 'en-GB', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block' };
const WAYS = {
  light: {},
  dark: { colorScheme: 'dark' },
  hebrew: { locale: 'he-IL' },
  russian: { locale: 'ru-RU' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 },
};

const node = await makeReady();
const browserFile = ensureBrowser();
if (!browserFile) {
  console.error('There is no Chromium here: node tools/browser.mjs --install');
  process.exit(1);
}
const folder = asked.data ? resolve(asked.data) : mkdtempSync(join(tmpdir(), 'rapport-screenshots-'));
let token;
const kept = join(folder, 'pictures.json');
const { server, url, said } = await start(existsSync(kept) ? /^Ready in .*\n/m : /http\S+token=\S+(?=\n)/);
const browser = await chromium.launch({ executablePath: browserFile, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  mkdirSync(OUTPUT, { recursive: true });
  if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(await firstRun()));
  await shoot(JSON.parse(readFileSync(kept, 'utf8')));
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()));
  if (!asked.data) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Starts the product on the folder, on a port of its own; resolves when it has said what is waited for. */
async function start(last) {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
  const main = join(root, 'dist/apps/all-in-one/src/main.js');
  const child = spawn(node, ['--enable-source-maps', main], { env: { PATH: process.env.PATH, PORT: String(port), RAPPORT_DATA: folder } });
  let text = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      text += part;
      if (last.test(text)) resolve();
    });
    child.stderr.on('data', (part) => (text += part));
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${text}`)));
  });
  return { server: child, url: `http://127.0.0.1:${port}`, said: () => text };
}

/** Begins, loads the sample data, adds to it. @returns ids by name */
async function firstRun() {
  const first = await browser.newContext({ ...DESK, baseURL: url });
  const page = await first.newPage();
  await page.goto(/http\S+token=\S+/.exec(said())[0]);
  await page.getByLabel('Your name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
  await picture(page, 'welcome');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText(/of 8,800/).waitFor({ timeout: 120_000 });
  await picture(page, 'welcome-loading');
  await page.getByRole('heading', { name: 'Ready' }).waitFor({ timeout: 300_000 });
  await first.close();
  const made = await furnish(api);
  await level();
  const { token } = await api('POST', `/users/${made.invited}/invitation`, {});
  const guest = await browser.newContext({ ...DESK, baseURL: url });
  const joining = await guest.newPage();
  await joining.goto(`/join?token=${token}`);
  await joining.locator('input[type=password]').first().waitFor();
  await picture(joining, 'join');
  await guest.close();
  return made;
}

async function api(method, path, body, headers = { 'content-type': 'application/json' }) {
  token ??= spawnSync(node, [join(root, 'dist/apps/cli/src/main.js'), '--url', url, '--data', folder, 'token'], {
    encoding: 'utf8',
  }).stdout.trim();
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    ...sent,
    headers: { authorization: `Bearer ${token}`, ...(body && headers) },
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
}
/** Waits until every view has seen everything. */
async function level() {
  for (;;) {
    const services = ['workspace', 'contacts', 'sales', 'analytics'];
    const lists = await Promise.all(services.map((service) => api('GET', `/services/${service}/projections`)));
    if (lists.flat().every(({ lag }) => lag === 0)) return;
    await setTimeout(100);
  }
}

async function shoot(made) {
  const stranger = await browser.newContext({ ...DESK, baseURL: url });
  const page = await stranger.newPage();
  await page.goto('/');
  await page.locator('input[name=password]').waitFor();
  await picture(page, 'sign-in');
  await page.locator('input[name=email]').fill(ADMIN.email);
  await page.locator('input[name=password]').fill(ADMIN.password);
  await page.locator('form button').click();
  await page.locator('#content').waitFor();
  const storageState = await stranger.storageState();
  await stranger.close();
  for (const [way, how] of Object.entries(WAYS)) {
    if (asked.way && !asked.way.includes(way)) continue;
    const context = await browser.newContext({ ...DESK, baseURL: url, storageState, ...how });
    const shown = await context.newPage();
    for (const shot of shotsOf(made)) {
      if (!isAskedFor(shot.name) || (shot.ways && !shot.ways.includes(way))) continue;
      try {
        await show(shown, shot);
      } catch (problem) {
        console.error(`${shot.name}-${way}: ${problem.message}`);
        process.exitCode = 1;
      }
      await picture(shown, `${shot.name}-${way}`);
    }
    await context.close();
  }
}

async function show(page, { path, act }) {
  const asking = new Set();
  page.removeAllListeners();
  page.setDefaultTimeout(10_000);
  page.on('request', (request) => request.url().endsWith('/changes') || asking.add(request));
  for (const ended of ['requestfinished', 'requestfailed']) page.on(ended, (request) => asking.delete(request));
  const settled = async () => {
    for (let quiet = 0, tries = 0; quiet < 6 && tries < 200; tries++) {
      quiet = asking.size === 0 ? quiet + 1 : 0;
      await setTimeout(100);
    }
  };
  await page.goto('about:blank');
  await page.goto(path);
  await page.locator('#content').waitFor();
  await settled();
  await page.locator('[class*="skeleton"]').first().waitFor({ state: 'detached', timeout: 60_000 });
  if (!act) return;
  await act(page);
  await settled();
}

function isAskedFor(name) {
  return only.length === 0 || only.some((one) => name.startsWith(one));
}
async function picture(page, name) {
  if (!isAskedFor(name)) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
  console.log(name);
}
