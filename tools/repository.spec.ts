import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFiles, root } from './files.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readJson = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;
const isText = (file: string) =>
  /\.(tsx?|mjs|cjs|js|json|md|html|css|csv|txt|yml|yaml|cmd|svg)$|^[^.]+$|(^|\/)\.[\w-]+$|^\.ci\//.test(file);
const linesWith = (pattern: RegExp, files = repositoryFiles().filter(isText)) =>
  files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, n) => (pattern.test(line) ? [`${file}:${n + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );

it('knows no path of any machine', () => {
  const machinePath = /(^|[\s"'`(=])\/(roo[t]|wor[k]|home\/\w+|Users\/\w+|tm[p]\/\w+)(\/|\b)|[A-Z]:\\User[s]/;
  expect(linesWith(machinePath)).toEqual([]);
});

it('takes packages from wherever npm is configured to: the lockfile names no host', () => {
  const { packages } = readJson('package-lock.json') as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  expect(read('.npmrc').split('\n')).toEqual(expect.arrayContaining(['omit-lockfile-registry-resolved=true', 'ignore-scripts=true']));
  expect(read('.npmrc')).not.toMatch(/registry\s*=|_auth|token/i);
});

it('depends only on what may be used and passed on freely', () => {
  const free =
    /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Python-2\.0|CC0-1\.0|CC-BY-4\.0|Zlib|Unlicense|OFL-1\.1|Apache-2\.0 AND MIT|\(MIT AND Zlib\)|\(MIT OR CC0-1\.0\)|\(BSD-3-Clause AND Apache-2\.0\))$/;
  // Tools that are run and never passed on: a page checker and a bundler's style compiler.
  const tool = /^node_modules\/(axe-core|lightningcss(-[\w-]+)?)$/;
  // Their manifests say `licenses: [{ type: 'MIT' }]`, an old form that the lockfile leaves out.
  const oldForm = /^node_modules\/(ssh2|cpu-features|buildcheck)$/;
  const { packages } = readJson('package-lock.json') as { packages: Record<string, { license?: string; dev?: true; devOptional?: true }> };
  const isFree = (path: string, license = '') => free.test(license) || (tool.test(path) && license === 'MPL-2.0') || oldForm.test(path);
  const other = Object.entries(packages).filter(([path, { license }]) => path !== '' && !isFree(path, license));
  expect(other.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  expect(
    Object.keys(packages).filter((path) => (tool.test(path) || oldForm.test(path)) && !packages[path]!.dev && !packages[path]!.devOptional),
  ).toEqual([]);
});

it('pins nx and its plugins to one version', () => {
  const { packages } = readJson('package-lock.json') as { packages: Record<string, { version: string }> };
  const versions = Object.entries(packages)
    .filter(([path]) => /^node_modules\/(nx|@nx\/(?!nx-)[\w-]+)$/.test(path))
    .map(([, { version }]) => version);
  expect(new Set(versions).size).toBe(1);
});

it('gives every library and app its project.json, with the name of its folder', () => {
  const files = repositoryFiles();
  const projects = new Set(files.flatMap((file) => /^(?:libs|apps)\/[^/]+(?=\/.*\.tsx?$)/.exec(file)?.[0] ?? []));
  for (const project of projects) expect(readJson(`${project}/project.json`)).toMatchObject({ name: project.split('/')[1] });
});

it('keeps source files small enough for the head, and leaves nothing for later', () => {
  // What is made from the served document is as long as the document.
  const sources = repositoryFiles().filter(
    (file) => /^(apps|libs|tools)\/.*\.(tsx?|mjs)$/.test(file) && !/^apps\/web\/src\/api\/(schema|fields)\.ts$/.test(file),
  );
  expect(sources.filter((file) => read(file).split('\n').length > 400)).toEqual([]);
  expect(linesWith(/\b(TOD[O]|FIXM[E]|XX[X])\b/, sources)).toEqual([]);
});

it('links to what is there', () => {
  const pages = repositoryFiles().filter((file) => file.endsWith('.md'));
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .map(([, target = '']) => join(dirname(page), target))
      .filter((target) => !target.startsWith('docs/pictures/') && !existsSync(join(root, target))) // `npm run screenshots` takes the pictures
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});
