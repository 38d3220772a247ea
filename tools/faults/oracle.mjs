// What is right after everything that went wrong: pure functions over what was acknowledged, what logs and topics hold, and what views show.

/**
 * A command as it was answered: its `marker` stands in the event it made, and in no other.
 *
 * @typedef {{ marker: string, tenant: string, stream: string, revision: number, type: string }} Acknowledged
 */

/**
 * How many were looked at, and how many of these are not as promised. `repeats`: what may come again, and did.
 *
 * @typedef {{ what: string, checked: number, lost: number, doubled: number, outOfOrder: number, repeats?: number, examples: string[] }} Verdict
 */

const MOST_EXAMPLES = 5;

/** @param {string} what @returns {Verdict} */
export const newVerdict = (what) => ({ what, checked: 0, lost: 0, doubled: 0, outOfOrder: 0, examples: [] });

/** Counts a fault, and keeps the first few by name. */
const faultsOf = (found) => (kind, which) => {
  found[kind]++;
  if (found.examples.length < MOST_EXAMPLES) found.examples.push(`${kind}: ${which}`);
};

const placeOf = ({ tenant, stream, revision }) => `${tenant}/${stream}@${revision}`;
const streamOf = ({ tenant, stream }) => `${tenant}/${stream}`;

/** The marker an event was made with: what a field `source` holds from then on. */
export const markerIn = ({ data }) => (typeof data?.source === 'string' ? data.source : data?.source?.to);

/**
 * Every acknowledged command stands in the log where its answer said, once; revisions follow on one another, positions rise.
 *
 * @param {Acknowledged[]} acknowledged
 * @param {any[]} events of the logs, each in the order of its positions
 * @returns {Verdict}
 */
export function judgeLog(acknowledged, events) {
  const found = newVerdict('commands in the logs');
  const fault = faultsOf(found);
  const places = new Map(events.map((event) => [placeOf(event), event]));
  const counts = new Map();
  for (const event of events) {
    const marker = markerIn(event);
    if (marker !== undefined) counts.set(marker, (counts.get(marker) ?? 0) + 1);
  }
  for (const one of acknowledged) {
    found.checked++;
    const event = places.get(placeOf(one));
    if (!event || event.type !== one.type || (markerIn(event) ?? one.marker) !== one.marker)
      fault('lost', `${one.marker} at ${placeOf(one)}`);
  }
  // Also of those that were never acknowledged: they are there once or not at all.
  for (const [marker, count] of counts) if (count > 1) fault('doubled', `${marker} ${count} times`);
  const ends = new Map();
  for (const event of events) {
    const end = ends.get(streamOf(event)) ?? 0;
    if (event.revision !== end + 1) fault('outOfOrder', `${placeOf(event)} follows ${end}`);
    ends.set(streamOf(event), event.revision);
  }
  return found;
}

/**
 * A topic holds every public event of its log; what comes again is the same event; the first occurrences of a stream's events come in order.
 *
 * @param {string} name
 * @param {any[]} events of the log that are public
 * @param {{ partition: number, id: string, stream: string, tenant: string, revision: number }[]} messages in the order of their offsets
 * @returns {Verdict}
 */
export function judgeTopic(name, events, messages) {
  const found = { ...newVerdict(`topic ${name}`), repeats: 0 };
  const fault = faultsOf(found);
  const ids = new Map(events.map((event) => [placeOf(event), event.id]));
  const seen = new Map();
  const ends = new Map();
  for (const message of messages) {
    const place = placeOf(message);
    const before = seen.get(place);
    if (before === message.id) found.repeats++;
    else if (before !== undefined) fault('doubled', `${place} as ${before} and as ${message.id}`);
    else {
      seen.set(place, message.id);
      if (ids.get(place) !== message.id) fault('doubled', `${place} as ${message.id}, which the log has as ${ids.get(place)}`);
      if (message.revision < (ends.get(streamOf(message)) ?? 0)) fault('outOfOrder', place);
      ends.set(streamOf(message), Math.max(message.revision, ends.get(streamOf(message)) ?? 0));
    }
  }
  for (const place of ids.keys()) {
    found.checked++;
    if (!seen.has(place)) fault('lost', place);
  }
  return found;
}

/**
 * A list shows every record of the log once, as its last event left it.
 *
 * @param {string} name
 * @param {Map<string, string>} expected marker by id
 * @param {{ id: string, source?: string }[]} rows
 * @returns {Verdict}
 */
export function judgeRows(name, expected, rows) {
  const found = newVerdict(name);
  const fault = faultsOf(found);
  const counts = Map.groupBy(rows, ({ id }) => id);
  for (const [id, marker] of expected) {
    found.checked++;
    const [row, ...others] = counts.get(id) ?? [];
    if (!row) fault('lost', id);
    else if (row.source !== marker) fault('lost', `${id} shows ${row.source}, not ${marker}`);
    if (others.length > 0) fault('doubled', id);
  }
  for (const id of counts.keys()) if (!expected.has(id)) fault('doubled', `${id}, which is in no log`);
  return found;
}

/**
 * A timeline shows every event that touches its record once; those of one stream in order, newest first.
 *
 * @param {Verdict} found is added to
 * @param {string} record
 * @param {any[]} events of the logs that touch it
 * @param {{ id: string, record: string, revision: number }[]} entries
 */
export function judgeTimeline(found, record, events, entries) {
  const fault = faultsOf(found);
  const counts = Map.groupBy(entries, ({ id }) => id);
  for (const { id } of events) {
    found.checked++;
    const times = counts.get(id)?.length ?? 0;
    if (times === 0) fault('lost', `${id} on ${record}`);
    if (times > 1) fault('doubled', `${id} on ${record}`);
  }
  const known = new Set(events.map(({ id }) => id));
  for (const id of counts.keys()) if (!known.has(id)) fault('doubled', `${id} on ${record}, which no log has`);
  const last = new Map();
  for (const { record: of, revision } of entries) {
    if (revision >= (last.get(of) ?? Infinity)) fault('outOfOrder', `${of}@${revision} on ${record}`);
    last.set(of, revision);
  }
}

/** @param {Verdict[]} verdicts */
export const isRight = (verdicts) => verdicts.every(({ lost, doubled, outOfOrder }) => lost + doubled + outOfOrder === 0);
