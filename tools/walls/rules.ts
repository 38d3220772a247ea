import { posix } from 'node:path';
import type { Source } from './read-source.ts';

/** Every way in which one file breaks a wall, as sentences; none when it breaks none. The walls are those of docs/decisions/0017. */
export function violations(source: Source): string[] {
  const from = unitOf(source.file);
  const found = source.imports.flatMap(({ specifier }) => brokenBy(source, from, specifier));
  // The model's generic signatures are what makes every other file's types precise; tests read answers whose shape they are about to assert.
  if (source.anys && from !== 'model' && !isTest(source.file))
    found.push(`uses \`any\` as the type of a value (${source.anys} times); say what it is, or \`unknown\``);
  if (isPure(source)) {
    for (const clock of new Set(source.clocks))
      found.push(`decides or folds, and reads ${clock}: time and randomness come in through the context`);
    for (const { specifier } of source.imports) {
      if (specifier.startsWith('@nestjs/') || specifier.startsWith('node:'))
        found.push(`decides or folds, and imports ${specifier}: it runs anywhere, on nothing`);
    }
  }
  return [...new Set(found)].map((what) => `${source.file} ${what}`);
}

/** The part of the house a file belongs to: `model`, `engines`, `apps/sales`, `tools`. */
function unitOf(file: string): string {
  const [top = '', name = ''] = file.split('/');
  if (top === 'libs') return name;
  return top === 'apps' ? `apps/${name}` : top;
}

/** What runs in a browser: it knows of us what the served document says. */
const PAGES = 'apps/web';
const ENGINE_PACKAGES = /^(node:sqlite|pg|kafkajs|mongoose|mongodb|@duckdb\/|@kurrent\/)/;
const HTTP_PACKAGES = /^(@nestjs\/|fastify$|@fastify\/)/;
const LIBRARIES = ['model', 'events', 'engines', 'privacy', 'records', 'runtime', 'service'];
const HOSTS = ['apps/all-in-one', 'apps/edge', 'apps/cli', 'tools', 'bench'];

/** A process's main and what only it carries choose engines. */
const IS_MAIN = /^apps\/[\w-]+\/src\/(main|issuer\/beside)\.ts$/;

/** What each library may import of ours. Hosts may import everything; what is not named here is a service. */
const MAY_IMPORT: Record<string, string[]> = {
  model: [],
  events: ['model'],
  engines: ['model', 'engines'],
  privacy: ['model', 'engines'],
  records: ['model'],
  runtime: ['model', 'events', 'engines', 'privacy', 'records'],
  service: ['model', 'events', 'engines', 'privacy', 'records', 'runtime'],
};
const A_SERVICE_MAY_IMPORT = ['model', 'events', 'service', 'records'];

/** What the published language and the model may need beside our own code. */
const PURE_PACKAGES = /^(typebox($|\/)|class-validator$|node:crypto$)/;

function brokenBy(source: Source, from: string, specifier: string): string[] {
  const { file } = source;
  if (specifier.startsWith('.')) return brokenByPath(file, from, specifier);
  if (specifier.startsWith('#')) return brokenBySubpath(file, from, specifier);
  const found: string[] = [];
  // A host's tests make faults in the engines' own files, as another program would.
  const intrudes = HOSTS.includes(from) && file.endsWith('.int.spec.ts');
  if (ENGINE_PACKAGES.test(specifier) && from !== 'engines' && !intrudes)
    found.push(`imports ${specifier}, which only its adapter under libs/engines may`);
  if (HTTP_PACKAGES.test(specifier) && from !== 'service' && !from.startsWith('apps/') && !isTest(file)) {
    found.push(`imports ${specifier}: only libs/service and apps know of HTTP`);
  }
  if (from === PAGES && !isTest(file) && /^(node:|@nestjs\/|fastify$)/.test(specifier))
    found.push(`imports ${specifier}: the pages run in a browser`);
  if ((from === 'model' || from === 'events') && !isTest(file) && !PURE_PACKAGES.test(specifier)) {
    found.push(`imports ${specifier}: ${from} needs typebox and class-validator only`);
  }
  return found;
}

function brokenByPath(file: string, from: string, specifier: string): string[] {
  const found: string[] = [];
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  // A suite that runs against a real engine finds it there, and the services as processes of their own.
  const asksForEngine = isTest(file) && (target.startsWith('tools/engines/') || target === 'tools/services.mjs');
  if (unitOf(target) !== from && !asksForEngine)
    found.push(`reaches into ${target}: between libraries and apps go by subpath (#${unitOf(target)})`);
  if (!/\.(tsx?|json|mjs|js|css)$/.test(specifier)) found.push(`imports ${specifier} without its extension`);
  if (!isTest(file) && isTest(target)) found.push(`imports the test ${specifier}`);
  return found;
}

function brokenBySubpath(file: string, from: string, specifier: string): string[] {
  const [head = '', ...rest] = specifier.slice(1).split('/');
  if (from === PAGES && !isTest(file))
    return [`imports ${specifier}: the pages talk HTTP to the services, nothing else; types are generated for them`];
  if (head === 'testing') {
    if (!isTest(file)) return [`imports ${specifier}, which is for tests`];
    return rest.length > 1 ? [`imports ${specifier}: a test kit has one door`] : [];
  }
  const depth = { engines: 1, apps: 1, events: 2 }[head] ?? 0;
  if (rest.length > depth) return [`imports ${specifier}: a library has one door, its index`];
  if (HOSTS.includes(from) || IS_MAIN.test(file)) return [];
  if (head === 'apps') {
    const test = isTest(file) && /\.(int|e2e)\.spec\.ts$/.test(file);
    return test ? [] : [`imports ${specifier}: a service never imports another; only all-in-one and cli know services`];
  }
  if (!LIBRARIES.includes(head)) return [`imports ${specifier}, which is none of ours`];
  const isService = from.startsWith('apps/');
  const allowed = isService ? A_SERVICE_MAY_IMPORT : (MAY_IMPORT[from] ?? []);
  if (allowed.includes(head)) return [];
  if (isTest(file) && testMayImport(file, from, head)) return [];
  if (head === from && from !== 'engines') return [`imports ${specifier} from within: go by path`];
  return [
    isService
      ? `imports ${specifier}: a feature that needs ${head} is wrongly designed`
      : `imports ${specifier}: ${from} may import ${allowed.join(', ') || 'nothing of ours'}`,
  ];
}

/** Tests of a whole may use every library; a unit test stands on what its subject stands on, and may come in by its own library's door. */
const testMayImport = (file: string, from: string, head: string) =>
  head === 'model' || head === from || /\.(int|e2e)\.spec\.ts$/.test(file) || /\/testing\//.test(file);

const isTest = (file: string) => /\.spec\.tsx?$|\/testing\/|^bench\/|^tools\//.test(file);

/** Deciders, rows, summaries and reactions: whatever is made with these functions of the model. */
const MAKERS = new Set(['decider', 'projection', 'summary', 'children', 'reaction', 'fold', 'defineEvent', 'changed']);
const isPure = (source: Source) =>
  /^(apps|libs\/events)\//.test(source.file) &&
  !isTest(source.file) &&
  source.imports.some(({ specifier, names }) => specifier === '#model' && names.some((name) => MAKERS.has(name)));
