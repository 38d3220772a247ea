import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; text-transform: capitalize; }
details { border: 1px solid #8884; border-radius: 6px; margin: .4rem 0; }
summary { padding: .4rem .7rem; cursor: pointer; }
summary b { display: inline-block; min-width: 4.2rem; font: 600 .85rem ui-monospace, monospace; }
summary code { font-weight: 600; }
section { padding: 0 1rem 1rem; }
pre { overflow: auto; padding: .7rem; background: #8881; border-radius: 6px; }
table { border-collapse: collapse; } td { padding: .15rem 1rem .15rem 0; vertical-align: top; }
input { width: 100%; padding: .5rem; font: inherit; box-sizing: border-box; }
`;

const SCRIPT = `
const el = (tag, text, ...children) => { const node = document.createElement(tag); if (text) node.textContent = text; node.append(...children); return node; };
const api = await (await fetch('/api/openapi.json')).json();
const resolve = (schema, depth = 0) => {
  if (!schema || typeof schema !== 'object' || depth > 8) return schema;
  if (schema.$ref) return resolve(api.components.schemas[schema.$ref.split('/').pop()], depth + 1);
  if (Array.isArray(schema)) return schema.map((one) => resolve(one, depth + 1));
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, resolve(value, depth + 1)]));
};
const main = document.querySelector('main');
for (const { name } of api.tags) {
  const group = el('div', '', el('h2', name));
  for (const [path, methods] of Object.entries(api.paths)) for (const [method, operation] of Object.entries(methods)) {
    if (!operation.tags.includes(name)) continue;
    const rows = operation.parameters.map((one) => el('tr', '', el('td', '', el('code', one.name)), el('td', one.in), el('td', one.description || '')));
    const parts = [el('p', operation.summary), el('table', '', ...rows)];
    const body = operation.requestBody?.content['application/json']?.schema;
    if (body) parts.push(el('h4', 'Body'), el('pre', JSON.stringify(resolve(body), null, 2)));
    for (const [status, answer] of Object.entries(operation.responses)) {
      const schema = answer.content?.['application/json']?.schema;
      parts.push(el('p', '', el('b', status + ' '), document.createTextNode(answer.description)));
      if (schema && Object.keys(schema).length) parts.push(el('pre', JSON.stringify(resolve(schema), null, 2)));
    }
    const entry = el('details', '', el('summary', '', el('b', method.toUpperCase()), el('code', path)), el('section', '', ...parts));
    entry.dataset.text = (method + ' ' + path + ' ' + operation.summary).toLowerCase();
    group.append(entry);
  }
  main.append(group);
}
document.querySelector('input').addEventListener('input', (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const entry of document.querySelectorAll('details')) entry.hidden = !entry.dataset.text.includes(wanted);
});
`;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The interface, readable: one page without anything from elsewhere. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Rapport: HTTP interface</title><style>${STYLE}</style></head>
<body><h1>Rapport: HTTP interface</h1>
<p>Machines read <a href="/api/openapi.json">OpenAPI 3.1</a> and, for events, <a href="/api/asyncapi.json">AsyncAPI 3</a>.</p>
<label>Find an address <input type="search"></label><main></main><script type="module">${SCRIPT}</script></body></html>`;

/** What a browser lets the page do: its own script and style, and to ask this server. */
export const DOCS_POLICY = `default-src 'none'; script-src ${hash(SCRIPT)}; style-src ${hash(STYLE)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
