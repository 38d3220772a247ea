// Builds dist/ from apps/ and libs/: TypeScript through swc, everything else copied. Only what changed since the last build is touched.
//   node tools/build.mjs [--check] [--clean]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform, version as swcVersion } from '@swc/core';
import { buildWeb } from './build-web.mjs';
import { root } from './node.mjs';

const SOURCES = ['apps', 'libs'];
const IS_TEST = /\.(spec|spec-d)\.ts$|\.d\.ts$/;
const IS_TYPESCRIPT = /\.ts$/;
// The web pages are built by their own bundler; project.json and notes are not for running.
const IS_LEFT_OUT = /^apps\/web\/|(^|\/)(project\.json|README\.md|\.gitkeep)$/;

/**
 * Brings dist/ up to date.
 *
 * @returns {Promise<{ written: number, removed: number, errors: string[] }>} `errors`: one text per file that does not compile; its former output is
 *   gone, so that nothing stale can run in its place
 */
export async function build({ clean = false } = {}) {
  const dist = join(root, 'dist');
  const manifestFile = join(dist, '.manifest.json');
  if (clean) rmSync(dist, { recursive: true, force: true });
  const recipe = sha256(swcVersion + readFileSync(join(root, '.swcrc'), 'utf8') + readFileSync(new URL(import.meta.url), 'utf8'));
  const before = readManifest(manifestFile, recipe);
  const options = swcOptions();

  const files = {};
  const errors = [];
  let written = 0;
  const work = SOURCES.flatMap((folder) => filesUnder(join(root, folder))).map(async (file) => {
    const source = relative(root, file).split(sep).join('/');
    if (IS_TEST.test(source) || IS_LEFT_OUT.test(source)) return;
    const output = source.replace(IS_TYPESCRIPT, '.js');
    const target = join(dist, output);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    const known = before[source];
    if (known && known.time === stat.mtimeMs && known.size === stat.size && existsSync(target)) {
      files[source] = known;
      return;
    }
    const content = readFileSync(file);
    const hash = sha256(content);
    const entry = { time: stat.mtimeMs, size: stat.size, hash, output };
    if (known?.hash === hash && existsSync(target)) {
      files[source] = entry;
      return;
    }
    try {
      mkdirSync(dirname(target), { recursive: true });
      if (IS_TYPESCRIPT.test(source)) {
        const from = { filename: source, sourceFileName: relative(dirname(target), file) };
        const { code, map } = await transform(content.toString('utf8'), { ...options, ...from });
        // In a file of its own, which nobody reads before something goes wrong.
        put(`${target}.map`, map);
        put(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
      } else put(target, content);
      files[source] = entry;
      written++;
    } catch (error) {
      rmSync(target, { force: true });
      errors.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  await Promise.all(work);

  const wanted = new Set(Object.values(files).flatMap(({ output }) => [output, `${output}.map`]));
  const orphans = SOURCES.flatMap((folder) => filesUnder(join(dist, folder))).filter(
    (file) => !wanted.has(relative(dist, file).split(sep).join('/')),
  );
  for (const file of orphans) rmSync(file, { force: true });

  if (written || orphans.length || Object.keys(files).length !== Object.keys(before).length || errors.length) {
    mkdirSync(dist, { recursive: true });
    put(manifestFile, JSON.stringify({ recipe, files }));
  }
  return { written, removed: orphans.length, errors };
}

/** Renamed into place: a process that starts meanwhile sees the old file or the new one, never half of one. */
function put(file, content) {
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}

/** The swc options of .swcrc, for output that Node runs: `./x.ts` becomes `./x.js`. */
function swcOptions() {
  const { $schema: _, ...options } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
  return {
    ...options,
    sourceMaps: true,
    jsc: { ...options.jsc, rewriteRelativeImportExtensions: true },
    swcrc: false,
    configFile: false,
    cwd: root,
  };
}

/** @returns what the last build with the same recipe made, by source file */
function readManifest(file, recipe) {
  if (!existsSync(file)) return {};
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    return manifest.recipe === recipe ? manifest.files : {};
  } catch (error) {
    // A manifest cut short by a crash only costs a whole build.
    console.error(`dist/.manifest.json is unreadable (${error.message}): building everything.`);
    return {};
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const began = performance.now();
  const { written, removed, errors } = await build({ clean: process.argv.includes('--clean') });
  for (const error of errors) console.error(error);
  if (written || removed)
    console.log(`Built ${written} files${removed ? `, removed ${removed}` : ''} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  const pages = await buildWeb();
  for (const error of pages.errors) console.error(error);
  if (pages.built) console.log(`Built the pages; the first weighs ${pages.kilobytes} kB gzipped.`);
  if (errors.length || pages.errors.length) process.exitCode = 1;
  if (process.argv.includes('--check')) {
    for (const project of [root, join(root, 'apps', 'web')]) {
      const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
        stdio: 'inherit',
      });
      if (status !== 0) process.exitCode = 1;
    }
  }
}
