// `npm run faults`: the services apart, under load, while their processes are killed, stopped and cut off; then an oracle compares everything that was
// acknowledged with the logs, the topics, the lists, the 360° views and the timelines. `--only kafka,postgres` chooses; `--minutes 10` goes round until then.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startInstallation, TENANT } from './installation.mjs';
import { sleep, startLoad } from './load.mjs';
import { asking, level, look } from './look.mjs';
import { isRight } from './oracle.mjs';

const FAR = 'contacts';
const CLIENTS = 8;
const PAUSE = 200;
const STOPPED_FOR = 30_000;
/** How long commands may take to be acknowledged again after a fault is over. */
const RECOVERED_WITHIN = 90_000;
const ENOUGH = 60;

/**
 * Every fault: makes it, and ends it again.
 *
 * @type {{ name: string, of: string, run: (on: Awaited<ReturnType<typeof startInstallation>>) => Promise<void> }[]}
 */
const FAULTS = [
  ...['contacts', 'sales', 'workspace', 'analytics', 'edge'].map((service) => ({
    name: `kill -9 of ${service}`,
    of: 'services',
    async run({ services }) {
      const { child, ended } = services.processes.get(service);
      child.kill('SIGKILL');
      await ended;
      await sleep(1_000);
      await services.start(service);
    },
  })),
  { name: 'kill -9 of Kafka', of: 'kafka', run: (on) => killed(on.killKafka, 5_000) },
  { name: 'kill -9 of PostgreSQL', of: 'postgres', run: (on) => killed(on.killPostgres, 3_000) },
  ...['sales', 'contacts'].map((service) => ({
    name: `${service} stopped for ${STOPPED_FOR / 1000} s`,
    of: 'stop',
    async run({ services }) {
      const { child } = services.processes.get(service);
      child.kill('SIGSTOP');
      await sleep(STOPPED_FOR);
      child.kill('SIGCONT');
    },
  })),
  {
    name: `${FAR} cut from its engines`,
    of: 'cut',
    async run({ proxies }) {
      const all = (what) => proxies.forEach(what);
      all((proxy) => proxy.delay(300));
      await sleep(8_000);
      all((proxy) => proxy.stall()); // half-open: everything is taken, nothing comes
      await sleep(12_000);
      all((proxy) => proxy.cut());
      await sleep(5_000);
      all((proxy) => proxy.pass());
    },
  },
];

async function killed(kill, awayFor) {
  const again = await kill();
  await sleep(awayFor);
  await again();
}

const NAMES = [...new Set(FAULTS.map(({ of }) => of))];
const { values } = parseArgs({ options: { only: { type: 'string' }, minutes: { type: 'string' } } });
const only = values.only?.split(',') ?? NAMES;
const minutes = Number(values.minutes ?? 0);
const unknown = only.filter((name) => !NAMES.includes(name));
if (unknown.length > 0 || !(minutes >= 0 && minutes <= 120)) {
  console.error(`--only takes ${NAMES.join(', ')} by comma, --minutes up to 120.`);
  process.exit(2);
}

console.log('Starting the engines and the services …');
const on = await startInstallation(FAR);
const stopped = new Promise((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => reject(new Error(`ended by ${signal}`)));
});
try {
  process.exitCode = (await Promise.race([faults(), stopped])) ? 0 : 1;
} catch (error) {
  console.error(error.stack);
  for (const { name, said } of on.services.processes.values()) console.error(`--- ${name}\n${said().slice(-1500)}`);
  process.exitCode = 1;
}
await on.close();
process.exit();

/** @returns {Promise<boolean>} whether everything is as promised */
async function faults() {
  const token = await on.admit();
  const ask = asking({ url: on.url, token });
  const pipeline = await makePipeline(token);
  const run = `f${randomBytes(3).toString('hex')}`;
  const load = startLoad({ url: on.url, token, tenant: TENANT, pipeline, run, clients: CLIENTS, pause: PAUSE });
  await load.more(ENOUGH, RECOVERED_WITHIN);
  const began = Date.now();
  const happened = [];
  do {
    for (const { name, of, run: make } of FAULTS.filter((fault) => only.includes(fault.of))) {
      const [from, before] = [Date.now(), load.figures()];
      await make(on);
      const over = Date.now();
      await load.more(ENOUGH, RECOVERED_WITHIN);
      await on.services.ready();
      const after = load.figures();
      happened.push({ name, of, lasted: over - from, again: after.again - before.again, recovered: Date.now() - over });
      console.log(`${seconds(Date.now() - began)}  ${name}: ${seconds(over - from)}; ready ${seconds(Date.now() - over)} later`);
    }
  } while (Date.now() - began < minutes * 60_000);
  await load.stop();
  const levelled = await level(ask);
  const { acknowledged } = load;
  const verdicts = await look({ ask, postgres: on.postgres, brokers: on.brokers, prefix: on.prefix, acknowledged, tenant: TENANT });
  say({ happened, verdicts, load, levelled, took: Date.now() - began });
  return isRight(verdicts) && load.refused.length === 0;
}

async function makePipeline(token) {
  const answer = await fetch(`${on.url}/api/v1/pipelines`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Usual', stages: [{ name: 'Proposal', probability: 50 }], isDefault: true }),
  });
  if (!answer.ok) throw new Error(`There is no pipeline: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).id;
}

function say({ happened, verdicts, load, levelled, took }) {
  const { acknowledged, again, unanswered, slowest } = load.figures();
  const seen = `${availableParallelism()} cores, ${CLIENTS} clients beside; ${on.against.join(', ')}`;
  console.log(
    `\n${seen}\n${seconds(took)} of load, ${acknowledged} commands acknowledged (${Math.round((acknowledged * 1000) / took)} a second)`,
  );
  console.log(
    `${again} attempts sent again, ${unanswered} commands never answered, the slowest acknowledged after ${seconds(slowest)}; level ${seconds(levelled)} after the end\n`,
  );
  print(
    ['fault', 'lasted', 'sent again', 'ready after'],
    happened.map(({ name, lasted, again: times, recovered }) => [name, seconds(lasted), times, seconds(recovered)]),
  );
  console.log();
  print(
    ['compared', 'checked', 'lost', 'doubled', 'out of order', 'repeats'],
    verdicts.map(({ what, checked, lost, doubled, outOfOrder, repeats = '' }) => [what, checked, lost, doubled, outOfOrder, repeats]),
  );
  for (const { what, examples } of verdicts) for (const one of examples) console.log(`${what}: ${one}`);
  for (const one of load.refused.slice(0, 10)) console.log(`refused: ${one}`);
  console.log(isRight(verdicts) && load.refused.length === 0 ? '\nEverything is as promised.' : '\nNot everything is as promised.');
}

function print(heads, rows) {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => String(row[at]).length)));
  for (const row of [heads, ...rows])
    console.log(
      row
        .map((cell, at) => (typeof row[at] === 'number' ? String(cell).padStart(widths[at]) : String(cell).padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    );
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
