// Reads everything back: the logs from their engine, the topics from offset 0, lists, 360° views and timelines over HTTP; and lets the oracle judge it.
import { Kafka, logLevel } from 'kafkajs';
import { openPostgresLog } from '#engines/event-store';
import { eventType } from '#model';
import { SERVICES } from '#events';
import { defineRuntimeEvents } from '#runtime';
import { sleep } from './load.mjs';
import { judgeLog, judgeRows, judgeTimeline, judgeTopic, markerIn, newVerdict } from './oracle.mjs';

for (const service of SERVICES) defineRuntimeEvents(service);

const LEVEL_WITHIN = 3 * 60_000;
const READ_WITHIN = 60_000;
const MOST_TIMELINES = 300;
const AT_ONCE = 4;

/** @param {{ url: string, token: string }} of @returns asks below /api/v1, again while the answer is 503 */
export function asking({ url, token }) {
  return async (path, headers = {}) => {
    for (const until = Date.now() + READ_WITHIN; ;) {
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } }).catch(
        () => undefined,
      );
      if (answer?.ok) return { body: await answer.json(), next: answer.headers.get('rapport-next') };
      if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      if (Date.now() > until) throw new Error(`${path}: ${answer ? `${answer.status} ${await answer.text()}` : 'nothing answers'}`);
      await sleep(250);
    }
  };
}

/** Waits until every log is published to its end and no view lags. @returns how long that took, in ms */
export async function level(ask) {
  const from = Date.now();
  for (let quiet = 0; ;) {
    const states = await Promise.all(
      SERVICES.map(async (service) => ({
        views: (await ask(`/services/${service}/projections`)).body,
        topic: (await ask(`/services/${service}/topic`)).body,
      })),
    );
    const behind = states.flatMap(({ views, topic }) => [
      ...(topic.position < topic.head ? [`topic ${topic.log} ${topic.position}/${topic.head} ${topic.refused ?? ''}`] : []),
      ...views
        .filter(({ lag, state, parkedStreams }) => lag > 0 || state !== 'live' || parkedStreams > 0)
        .map(({ view, lag, state, parkedStreams }) => `${view} ${state} lag ${lag} parked ${parkedStreams}`),
    ]);
    quiet = behind.length === 0 ? quiet + 1 : 0;
    if (quiet === 3) return Date.now() - from;
    if (Date.now() - from > LEVEL_WITHIN) throw new Error(`Not level after ${LEVEL_WITHIN / 1000} s: ${behind.slice(0, 10).join('; ')}`);
    await sleep(500);
  }
}

/** Every event of every log, and what is wrong with the logs themselves. */
async function logsOf(url) {
  const events = new Map();
  const findings = [];
  for (const service of SERVICES) {
    const log = await openPostgresLog({ url, log: service });
    const all = [];
    for (let page = await log.readLog(0, 2_000); page.length > 0; page = await log.readLog(all.at(-1).position, 2_000)) all.push(...page);
    events.set(service, all);
    findings.push(...(await log.verify()).map((finding) => `${service}: ${finding.fault} ${finding.detail}`));
    await log.close();
  }
  return { events, findings };
}

/** Every message of a topic from offset 0 on, by partition in order; what has no `ce_id` is a mark, which says nothing. */
async function topicOf(brokers, topic) {
  const kafka = new Kafka({ clientId: 'faults', brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: `faults-${topic}-${process.pid}-${Date.now()}` });
  const messages = [];
  const left = new Map([...ends].filter(([, high]) => high > 0));
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const read = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The topic ${topic} could not be read within ${READ_WITHIN / 1000} s.`)), READ_WITHIN);
      const done = () => left.size === 0 && (clearTimeout(late), resolve());
      done();
      void consumer.run({
        eachMessage: async ({ partition, message }) => {
          const header = (name) => message.headers?.[`ce_${name}`]?.toString();
          if (header('id') !== undefined)
            messages.push({
              partition,
              id: header('id'),
              tenant: header('tenant'),
              stream: header('subject'),
              revision: Number(header('revision')),
            });
          if (Number(message.offset) + 1 >= (left.get(partition) ?? Infinity)) left.delete(partition);
          done();
        },
      });
    });
    await read;
  } finally {
    await consumer.disconnect();
  }
  return messages;
}

async function listOf(ask, path) {
  const rows = [];
  for (let cursor = ''; ;) {
    const { body, next } = await ask(`${path}limit=200${cursor}`);
    rows.push(...body);
    if (!next) return rows;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

/**
 * @param {{ ask: ReturnType<typeof asking>, postgres: string, brokers: string, prefix: string, acknowledged: import('./oracle.mjs').Acknowledged[], tenant: string }} of
 * @returns {Promise<import('./oracle.mjs').Verdict[]>}
 */
export async function look({ ask, postgres, brokers, prefix, acknowledged, tenant }) {
  const { events, findings } = await logsOf(postgres);
  const all = [...events.values()].flat();
  const logs = judgeLog(acknowledged, all);
  logs.outOfOrder += findings.length;
  logs.examples.push(...findings.slice(0, 5));
  const verdicts = [logs];
  for (const service of SERVICES) {
    const shown = events.get(service).filter(({ type }) => !eventType(type)?.internal);
    if (shown.length > 0) verdicts.push(judgeTopic(service, shown, await topicOf(brokers, `${prefix}.${service}`)));
  }

  const expected = new Map(['contacts.account', 'contacts.contact', 'sales.opportunity'].map((kind) => [kind, new Map()]));
  for (const event of all) {
    const [kind, id] = event.stream.split('/');
    const marker = markerIn(event);
    if (marker !== undefined) expected.get(kind)?.set(id, marker);
  }
  for (const [kind, path] of [
    ['contacts.account', '/accounts?'],
    ['contacts.contact', '/contacts?'],
    ['sales.opportunity', '/opportunities?'],
  ])
    verdicts.push(judgeRows(`list ${kind}`, expected.get(kind), await listOf(ask, path)));

  const [whole, lines] = [newVerdict('deals on 360° views'), newVerdict('events on timelines')];
  const about = Map.groupBy(
    all
      .filter(({ tenant: of, type }) => of === tenant && !eventType(type)?.internal)
      .flatMap((event) => event.about.map((record) => ({ record, event }))),
    ({ record }) => record,
  );
  const deals = dealsByContact(all);
  const people = [...expected.get('contacts.contact').keys()].slice(-MOST_TIMELINES);
  await inTurns(people, async (id) => {
    const { body } = await ask(`/contacts/${id}/360`);
    const found = judgeRows(
      '',
      new Map((deals.get(id) ?? []).map((deal) => [deal, 'shown'])),
      (body.deals?.items ?? []).map((deal) => ({ id: deal.id, source: 'shown' })),
    );
    for (const count of ['checked', 'lost', 'doubled', 'outOfOrder']) whole[count] += found[count];
    whole.examples.push(...found.examples);
    const touching = (about.get(`contacts.contact/${id}`) ?? []).map(({ event }) => event);
    judgeTimeline(lines, `contacts.contact/${id}`, touching, await listOf(ask, `/contacts/${id}/timeline?`));
  });
  return [...verdicts, whole, lines];
}

function dealsByContact(events) {
  const found = new Map();
  for (const { type, stream, data } of events)
    if (type === 'sales.opportunity.opened') found.set(data.contactId, [...(found.get(data.contactId) ?? []), stream.split('/')[1]]);
  return found;
}

async function inTurns(items, work) {
  for (let from = 0; from < items.length; from += AT_ONCE) await Promise.all(items.slice(from, from + AT_ONCE).map(work));
}
