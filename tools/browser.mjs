// The browser that the pages are tried in: the system's Chromium, installed from the system's packages where that can be done.
//   node tools/browser.mjs [--install]
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** @returns {string | undefined} the browser's executable: of RAPPORT_BROWSER, else of the PATH; undefined when there is none */
export function findBrowser(env = process.env) {
  const files = [
    ...(env.RAPPORT_BROWSER ? [env.RAPPORT_BROWSER] : []),
    ...(env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...ELSEWHERE,
  ];
  return files.find(isRunnable);
}

/** The browser, installed first where it is missing and may be: as root on Debian and its kin. @returns {string | undefined} */
export function ensureBrowser() {
  const found = findBrowser();
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0) return found;
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: 'ignore',
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  if (apt('install', '-y', '--no-install-recommends', 'chromium').status !== 0) {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  }
  return findBrowser();
}

function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // it is not there, or not ours to run
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = process.argv.includes('--install') ? ensureBrowser() : findBrowser();
  console.log(browser ?? 'There is no Chromium here; `node tools/browser.mjs --install` installs it as root on Debian.');
  if (!browser) process.exitCode = 1;
}
