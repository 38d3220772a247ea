import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { service } from '#service';
import { testApp } from '#testing/service';
import { parse } from 'yaml';
import { root } from '../files.ts';

type Alert = { alert: string; expr: string; for?: string; labels: { severity: string }; annotations: { summary: string } };
const alerts = (parse(readFileSync(join(root, 'deploy/alerts.yml'), 'utf8')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

/** Of Prometheus itself: with every target, and added to every series. */
const OF_PROMETHEUS = { names: ['up'], labels: ['job', 'instance'] };

/** The names and labels a query asks for: `rapport_x{a="b"}` asks for rapport_x and its a, `by (c)` for c. */
function asked(expr: string) {
  const bare = expr.replace(/"[^"]*"/g, '""');
  const series = [...bare.matchAll(/\b((?:rapport|process)_\w+|up)\b(?:\{([^}]*)\})?/g)].map(([, name = '', inside = '']) => ({
    name,
    labels: [...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));
  const grouped = [...bare.matchAll(/\b(?:by|on) ?\(([^)]*)\)/g)].flatMap(([, inside = '']) =>
    inside.split(',').map((label) => label.trim()),
  );
  return { series, grouped };
}

@Module(service('shed', { aggregates: {} }))
class ShedModule {}

/** Names of what a service serves, with the labels of each. */
async function served(): Promise<Map<string, Set<string>>> {
  const app = await testApp(ShedModule);
  app.running.get('shed')!.publisher = {
    status: async () => ({ log: 'shed', generation: 1, position: 0, head: 0, age: 0 }),
    republish: async () => undefined,
  };
  const status = { view: 'shed.view', storage: 'shed.view@1', group: 'shed.live.1', state: 'live', lag: 0, parkedStreams: 0 } as const;
  app.running.get('shed')!.operations.status = async () => [status];
  await app.as('ann').get('/changes-not');
  app.runtime('shed').commands.onAppend!(0.1);
  const { text } = await app.as('ann').get('/metrics');
  await app.close();
  const found = new Map<string, Set<string>>();
  for (const [, name = '', inside = ''] of text.matchAll(/^([a-z_]+)(?:\{(.*)\})? \S+$/gm)) {
    const labels = found.get(name) ?? new Set();
    for (const [, label = ''] of inside.matchAll(/(\w+)="/g)) labels.add(label);
    found.set(name, labels);
  }
  return found;
}

/** What an alert asks for and nobody serves, as sentences. */
function missing({ alert, expr }: Pick<Alert, 'alert' | 'expr'>, there: Map<string, Set<string>>): string[] {
  const { series, grouped } = asked(expr);
  const labels = new Set([...series.flatMap(({ name }) => [...(there.get(name) ?? [])]), ...OF_PROMETHEUS.labels]);
  return [
    ...series
      .filter(({ name }) => !there.has(name) && !OF_PROMETHEUS.names.includes(name))
      .map(({ name }) => `${alert}: ${name} is not served`),
    ...series.flatMap(({ name, labels: wanted }) =>
      wanted
        .filter((label) => !there.get(name)?.has(label) && !OF_PROMETHEUS.labels.includes(label))
        .map((label) => `${alert}: ${name} has no ${label}`),
    ),
    ...grouped.filter((label) => !labels.has(label)).map((label) => `${alert}: nothing in it has ${label}`),
  ];
}

let there: Map<string, Set<string>>;
beforeAll(async () => {
  there = await served();
});

it('asks only for what is served', () => {
  expect(alerts.length).toBeGreaterThan(10);
  expect(alerts.flatMap((alert) => missing(alert, there))).toEqual([]);
});

it.each([
  ['a name', 'rapport_outbox_agee_seconds > 1', 'rapport_outbox_agee_seconds is not served'],
  ['a label', 'rapport_parked_streams{log="x"} > 1', 'rapport_parked_streams has no log'],
  ['a label to group by', 'max by (log) (rapport_parked_streams) > 1', 'nothing in it has log'],
])('would see %s that is not', (_, expr, said) => expect(missing({ alert: 'A', expr }, there)).toEqual([`A: ${said}`]));

it('says in each what is the matter, by labels that are left, and how urgent it is', () => {
  for (const { expr, labels, annotations } of alerts) {
    expect(['page', 'warn']).toContain(labels.severity);
    const { series, grouped } = asked(expr);
    const left = grouped.length > 0 ? grouped : [...series.flatMap(({ name }) => [...(there.get(name) ?? [])]), ...OF_PROMETHEUS.labels];
    for (const [, label] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) expect(left).toContain(label);
  }
});

it('has a line for each in what operators read', () => {
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  expect(alerts.map(({ alert }) => alert).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
