// Keeps docs/ true: code in pages comes out of tested files, the catalogues of events and error codes out of the code itself.
//   npm run docs            writes what changed
//   node tools/docs.mjs --check   only says what would
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './node.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const filesUnder = (folder, wanted) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

/**
 * Every page as it should be, by its path from the root. A block of code that follows `<!-- code: FILE#REGION -->` is that region of the file, between
 * `// #region REGION` and the next `// #endregion`; without a region it is the whole file.
 *
 * @returns {Promise<Map<string, string>>}
 */
export async function pages() {
  const found = new Map(filesUnder('docs', /\.md$/).map((file) => [file, withCode(read(file))]));
  found.set('docs/reference/events.md', await eventCatalogue());
  found.set('docs/reference/errors.md', errorCatalogue());
  found.set('deploy/routes.json', await routes());
  return found;
}

/** The pages that are not as they should be. */
export async function stalePages() {
  return [...(await pages())].filter(([file, content]) => content !== readOrNothing(file)).map(([file]) => file);
}

const readOrNothing = (file) => {
  try {
    return read(file);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const withCode = (page) =>
  page.replaceAll(
    /(<!-- code: (\S+?)(?:#(\S+))? -->\n```(\w+)\n)[^]*?(\n```)/g,
    (_, head, file, region, language, tail) => `${head}${codeOf(file, region)}${tail}`,
  );

function codeOf(file, region) {
  const text = read(file);
  if (!region) return text.trimEnd();
  const begin = `// #region ${region}\n`;
  const at = text.indexOf(begin);
  if (at < 0) throw new Error(`${file} has no region ${region}`);
  return text.slice(at + begin.length, text.indexOf('\n// #endregion', at));
}

const SERVICES = {
  workspace: 'Settings and the people who work here',
  contacts: 'People and companies',
  sales: 'Products, pipelines, deals',
};

/** Which service answers below which first part of a path under /api/v1: what the edge goes by, for those with a proxy of their own. */
async function routes() {
  const { OF_WORKSPACE, routeTable } = await import(pathToFileURL(join(root, 'dist/apps/edge/src/index.js')));
  const { MODULES } = await import(pathToFileURL(join(root, 'dist/apps/all-in-one/src/index.js')));
  const table = [...routeTable(MODULES)].map(([first, service]) => [`/api/v1/${first}`, service]);
  const besides = OF_WORKSPACE.map((path) => [path, 'workspace']);
  return `${JSON.stringify(Object.fromEntries([...besides, ...table].sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 2)}\n`;
}

async function eventCatalogue() {
  await import(pathToFileURL(join(root, 'dist/libs/events/src/index.js')));
  const { allEvents } = await import(pathToFileURL(join(root, 'dist/libs/model/src/index.js')));
  const events = allEvents().filter(({ internal, type }) => !internal && type.split('.')[0] in SERVICES);
  const sections = Object.entries(SERVICES).map(([service, title]) => {
    const own = events.filter(({ type }) => type.startsWith(`${service}.`)).sort((a, b) => (a.type < b.type ? -1 : 1));
    return `## ${service}\n\n${title}. ${own.length} kinds of event.\n\n| Event | Version | Data |\n|---|---|---|\n${own.map(eventLine).join('\n')}`;
  });
  return `# Events

Every event that services tell each other and anybody who listens; each is public for ever ([why](../decisions/0001-every-domain-event-is-public-for-ever.md)). Made from
\`libs/events\` by \`npm run docs\`. \`?\` may be absent; 🔒 is personal data, sealed under the person's own key. The JSON Schema of each stands at
\`/api/events/schemas/<type>/<version>.json\` of a running server, all of them as AsyncAPI 3 at \`/api/asyncapi.json\`. With each event come its id, stream, revision,
times, actor, correlation and cause.

${sections.join('\n\n')}
`;
}

function eventLine({ type, version, schema }) {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => `\`${name}${required.has(name) ? '' : '?'}\`${one.personal ? ' 🔒' : ''}${one.ref ? ` → ${one.ref}` : ''}`,
  );
  return `| \`${type}\` | ${version} | ${fields.join(', ') || '–'} |`;
}

/** Codes that stand for so many cases that no one of their sentences says it. */
const GENERAL = { forbidden: 'Not allowed; `rule` says by which rule.', invalid: 'The request does not validate; `fields` says where.' };

/** Codes are found where they are thrown or refused; sentences where they are written. */
function errorCatalogue() {
  const sources = [...filesUnder('libs', /\.ts$/), ...filesUnder('apps', /\.ts$/)].filter((file) => !/spec\.ts$|\/testing\//.test(file));
  const problems = new Map();
  const refused = new Map();
  const note = (status, code, detail) => {
    const key = `${status} ${code}`;
    if (!problems.has(key)) problems.set(key, new Set());
    if (detail) problems.get(key).add(detail.replaceAll(/\$\{[^}]*\}+/g, '…'));
  };
  for (const file of sources) {
    const text = read(file);
    for (const [, status, code, , detail] of text.matchAll(/new Problem\(\s*(\d{3}),\s*'([a-z-]+)',\s*(['"`])([^]*?)\3/g))
      note(status, code, detail);
    for (const [, code, , detail] of text.matchAll(/unavailable\(\s*'([a-z-]+)',\s*(['"`])([^]*?)\2/g)) note(503, code, detail);
    for (const [, code] of text.matchAll(/reject\('([a-z-]+)'/g)) {
      const kind = /^(apps|libs)\/(\w[\w-]*)\//.exec(file)[2];
      refused.set(code, (refused.get(code) ?? new Set()).add(kind === 'runtime' ? 'imports' : kind));
    }
  }
  const sentences = Object.fromEntries(
    [...read('libs/events/src/refusals.ts').matchAll(/^ {2}'([a-z-]+)': (['"`])(.*)\2,$/gm)].map(([, code, , text]) => [code, text]),
  );
  const missing = [...refused.keys()].filter((code) => !sentences[code]);
  const surplus = Object.keys(sentences).filter((code) => !refused.has(code));
  if (missing.length || surplus.length)
    throw new Error(
      `libs/events/src/refusals.ts: no sentence for ${missing.join(', ') || 'none'}; nobody refuses by ${surplus.join(', ') || 'none'}`,
    );
  const lines = [...problems]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, details]) => {
      const [status, code] = key.split(' ');
      return `| ${status} | \`${code}\` | ${GENERAL[code] ?? [...details].slice(0, 2).join(' · ')} |`;
    });
  const rules = [...refused]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, where]) => `| \`${code}\` | ${sentences[code]} | ${[...where].sort().join(', ')} |`);
  return `# Error codes

Every answer that is not the one asked for is \`application/problem+json\` (RFC 9457) with a stable \`code\`: programs go by the code, people read the \`detail\`. \`fields\` names
what of a request is wrong and what would be right, \`rule\` by which rule something is not allowed, \`Retry-After\` when to ask again, \`requestId\` how the log calls it.
Made from the code by \`npm run docs\`.

## Answers

| Status | Code | |
|---|---|---|
${lines.join('\n')}

## Refused by the business rules

Status 409; \`details\` says what is special about the case.

| Code | | Where |
|---|---|---|
${rules.join('\n')}
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const stale = await stalePages();
  if (process.argv.includes('--check')) {
    for (const file of stale) console.error(`${file} is not what it is made from: npm run docs`);
    process.exitCode = stale.length ? 1 : 0;
  } else {
    const all = await pages();
    for (const file of stale) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), all.get(file));
      console.log(`wrote ${file}`);
    }
  }
}
