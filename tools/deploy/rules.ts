import { filledIn, variablesIn, type Compose, type Service } from './compose.ts';

/** What the deployment has to agree with. */
export type Facts = {
  /** The product's image, by its version. */
  ourImage: string;
  /** The services there are, and what else of ours runs. */
  ours: readonly string[];
  /** Values for the variables of .env.example. */
  sample: Record<string, string>;
  /** Reads the environment of one of ours as it does itself. @throws with a sentence per fault */
  readSettings: (name: string, env: Record<string, string>) => unknown;
  /** Versions of images that stand elsewhere, too: the launchers' containers. */
  tested: readonly string[];
};

const KEYS = new Set(
  `image build command restart init read_only tmpfs shm_size cap_drop security_opt stop_signal stop_grace_period networks healthcheck depends_on environment
   volumes ports profiles`.split(/\s+/),
);
const PINNED = /^[\w./-]+:\d+\.\d+\.?\d*$/;
const SECRET = /PASSWORD|SECRET|KEY/;
/** Its image holds no program by which it could be asked. */
const CANNOT_BE_ASKED = ['collector'];
/** What libraries read, beside our own settings. */
const READ_BY_LIBRARIES = /^(RAPPORT_\w+|PORT|OTEL_\w+)$/;

type Rule = (name: string, service: Service, compose: Compose, facts: Facts) => (string | false | undefined)[];

const RULES: Rule[] = [
  (_, service) => Object.keys(service).map((key) => !KEYS.has(key) && `says ${key}, which is none of Compose's that are known here`),
  (_, { image = '' }) => [!PINNED.test(image) && `has the image ${image || 'none'}, which is no exact version`],
  (name, { healthcheck }) => [!healthcheck?.test.length && !CANNOT_BE_ASKED.includes(name) && 'has no health check'],
  (_, { init, stop_grace_period }) => [!init && 'is not started by an init', !stop_grace_period && 'is given no time to stop'],
  (_, { privileged, security_opt }) => [
    privileged && 'is privileged',
    !security_opt?.includes('no-new-privileges:true') && 'may gain privileges',
  ],
  waitsForTheHealthy,
  keepsItsData,
  hasNoSecretOfItsOwn,
  (name, { networks, ports }, compose) => [
    ...(networks ?? ['none']).map((one) => !(one in (compose.networks ?? {})) && `is on the network ${one}, which there is not`),
    ports && name !== 'edge' && 'is reached from outside, and only the edge should be',
  ],
  isSetAsItReads,
];

/** Every way in which the deployment breaks a rule, as sentences. */
export function faultsOf(compose: Compose, facts: Facts): string[] {
  const faults = Object.entries(compose.services).flatMap(([name, service]) =>
    RULES.flatMap((rule) => rule(name, service, compose, facts).flatMap((fault) => (fault ? [`${name} ${fault}`] : []))),
  );
  const images = Object.values(compose.services).map(({ image }) => image);
  return [
    ...faults,
    ...facts.ours.filter((name) => !compose.services[name]).map((name) => `${name} is missing`),
    ...facts.tested.filter((image) => !images.includes(image)).map((image) => `nothing runs ${image}, which is what is tested`),
  ];
}

function waitsForTheHealthy(...[, { depends_on = {} }, { services }]: Parameters<Rule>) {
  return Object.entries(depends_on).map(([other, { condition }]) =>
    !services[other]?.healthcheck
      ? `waits for ${other}, of which nobody knows whether it is well`
      : condition !== 'service_healthy' && `does not wait until ${other} is well`,
  );
}

function keepsItsData(...[name, service, compose, { ours }]: Parameters<Rule>) {
  const found = (service.volumes ?? []).map((one) => {
    const [source = '', , how] = one.split(':');
    if (source.startsWith('./deploy/')) return how !== 'ro' && `may write ${source}`;
    return !(source in (compose.volumes ?? {})) && `keeps data in ${source}, which is no named volume`;
  });
  const isEngine = !ours.includes(name) && !CANNOT_BE_ASKED.includes(name);
  return [...found, isEngine && !service.volumes?.length && 'keeps its data nowhere'];
}

/** A secret must come from outside, and its absence be an error. */
function hasNoSecretOfItsOwn(...[, { environment = {} }]: Parameters<Rule>) {
  return Object.entries(environment).flatMap(([key, value]) => {
    const variables = variablesIn(value);
    const addresses = filledIn(value, Object.fromEntries(variables.map(({ name }) => [name, '<given>']))) + filledIn(value, {});
    return [
      SECRET.test(key) && !variables.some(({ required }) => required) && `has a value of its own for ${key}`,
      /:\/\/[^/@]*:[^/@<]+@/.test(addresses) && `has a password of its own in ${key}`,
      ...variables.map(({ name, otherwise }) => SECRET.test(name) && otherwise !== undefined && `has a usual value for ${name}`),
    ];
  });
}

/** What of ours is set is what it reads, and the addresses in it are of services here. */
function isSetAsItReads(...[name, service, compose, { ours, ourImage, sample, readSettings }]: Parameters<Rule>) {
  if (!ours.includes(name)) return [];
  const env = Object.fromEntries(Object.entries(service.environment ?? {}).map(([key, value]) => [key, filledIn(value, sample)]));
  const faults: (string | false)[] = [
    service.image !== ourImage && `runs ${service.image}, and not ${ourImage}`,
    service.command?.join(' ') !== name && `runs ${service.command?.join(' ') ?? 'nothing'}`,
    !service.read_only && 'may write to its image',
    !service.cap_drop?.includes('ALL') && 'has capabilities it does not need',
    env.PORT !== '3000' && 'does not listen on port 3000, which its image names',
    ...Object.keys(env).map((key) => !READ_BY_LIBRARIES.test(key) && `sets ${key}, which nobody reads`),
  ];
  try {
    readSettings(name, env);
  } catch (error) {
    faults.push(`is set wrongly: ${(error as Error).message}`);
  }
  for (const [key, value] of Object.entries(env)) {
    if (key === 'RAPPORT_PUBLIC' || key === 'RAPPORT_ISSUER') continue;
    for (const [, host = '', port] of value.matchAll(/(?:\/\/|@|^|,)([a-z]\w*):(\d+)/g)) {
      if (!compose.services[host]) faults.push(`asks ${host} by ${key}, which there is not`);
      else if (ours.includes(host) && port !== '3000') faults.push(`asks ${host} by ${key} at port ${port}, where it does not listen`);
    }
  }
  return faults;
}
