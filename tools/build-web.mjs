// Builds the pages: apps/web into dist/web, when something in it has changed since. Part of tools/build.mjs.
//   node tools/build-web.mjs [--force]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from './node.mjs';
import { textFaults } from './check-texts.mjs';

const SOURCE = join(root, 'apps', 'web');
const OUTPUT = join(root, 'dist', 'web');
const STAMP = join(OUTPUT, '.built');
/** What the first page may weigh, scripts and styles together, gzipped. */
const BUDGET = 250_000;
const IS_COMPRESSED = /\.(js|css|svg|webmanifest)$/;
const NOT_BUILT = /(\.spec\.ts|README\.md|project\.json|tsconfig\.json)$|^src\/testing\//;

/**
 * Brings dist/web up to date.
 *
 * @returns {Promise<{ built: boolean, kilobytes?: number, errors: string[] }>} `kilobytes`: what the first page weighs, gzipped
 */
export async function buildWeb({ force = false } = {}) {
  const fingerprint = fingerprintOf();
  if (!force && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return { built: false, errors: [] };
  const errors = await textFaults();
  if (errors.length > 0) return { built: false, errors };
  const { build } = await import('vite');
  // Whatever asks for it (a test run says `test`), what is built is what is served.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const quiet = { logLevel: 'warn', clearScreen: false };
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    await build({ ...quiet, configFile: join(SOURCE, 'vite.config.ts'), define: { VERSION: JSON.stringify(version) } });
    // The service worker is one file: it is no module, and imports nothing while it runs.
    await build({
      ...quiet,
      configFile: false,
      root: SOURCE,
      publicDir: false,
      build: {
        outDir: OUTPUT,
        emptyOutDir: false,
        rolldownOptions: { input: join(SOURCE, 'src/offline/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
      },
    });
  } catch (error) {
    return { built: false, errors: [error instanceof Error ? error.message : String(error)] };
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
  const first = firstPage();
  const weights = await Promise.all(filesUnder(OUTPUT).map(compressed));
  const weight = weights.filter(({ file }) => first.has(file)).reduce((sum, { gzipped }) => sum + gzipped, 0);
  rmSync(join(OUTPUT, '.vite'), { recursive: true, force: true });
  if (weight > BUDGET)
    return { built: false, errors: [`The first page weighs ${weight} bytes gzipped, more than ${BUDGET}: import less of it at once.`] };
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(STAMP, fingerprint);
  return { built: true, kilobytes: Math.round(weight / 1000), errors: [] };
}

/** Everything the build is made from: our sources, the packages by the lockfile, and the recipe. */
function fingerprintOf() {
  const hash = createHash('sha256');
  const recipe = ['package-lock.json', 'tools/build-web.mjs', 'tools/check-texts.mjs'].map((file) => join(root, file));
  const sources = filesUnder(SOURCE).filter((file) => !NOT_BUILT.test(relative(SOURCE, file).split(sep).join('/')));
  for (const file of [...recipe, ...sources.sort()]) hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** The scripts and styles that the first page needs: the entry's, the home page's, and what those import; not what comes later. */
function firstPage() {
  const manifest = JSON.parse(readFileSync(join(OUTPUT, '.vite', 'manifest.json'), 'utf8'));
  const files = new Set();
  const add = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  add('index.html');
  for (const key of Object.keys(manifest))
    if (
      /^src\/app\.tsx$|^src\/pages\/home\/[^/]*\.tsx$|^src\/shell\/shell\.tsx$|^src\/texts\/(shell|home|records|parts)\/en\.ts$/.test(key)
    )
      add(key);
  return files;
}

/** Beside each file that shrinks: itself as Brotli and as gzip, so that the server only has to choose. */
async function compressed(path) {
  const file = relative(OUTPUT, path).split(sep).join('/');
  if (!IS_COMPRESSED.test(path)) return { file, gzipped: 0 };
  const content = readFileSync(path);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
  return { file, gzipped: gz.length };
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const began = performance.now();
  const { built, kilobytes, errors } = await buildWeb({ force: process.argv.includes('--force') });
  for (const error of errors) console.error(error);
  if (built)
    console.log(`Built the pages in ${((performance.now() - began) / 1000).toFixed(1)} s; the first weighs ${kilobytes} kB gzipped.`);
  if (errors.length) process.exitCode = 1;
}
