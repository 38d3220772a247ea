import type { JsonObject, StoredEvent } from './stored.ts';

/** What each attribute means, for whoever reads events without knowing us. */
export const CLOUD_EVENT_ATTRIBUTES: Readonly<Record<string, string>> = {
  specversion: 'of CloudEvents',
  id: 'of the event; what comes again comes with the same id, and is to be dropped',
  source: 'the service that recorded it',
  type: 'what happened; never changes its meaning',
  subject: 'the record it happened to: <kind>/<id>',
  time: 'when it was recorded, RFC 3339 in UTC; never decreases within a record',
  datacontenttype: 'of the data',
  dataschema: 'the JSON Schema of the data, in the version it was recorded in; below the address of a server',
  tenant: 'whose it is',
  revision: 'its place among the record’s events, from 1; events that stay at home leave gaps',
  position: 'its place in the log of its service; rises, with gaps',
  occurredat: 'when it happened, RFC 3339 in UTC',
  actor: 'who caused it: the id of a user, or system',
  commandid: 'of the command that caused it',
  bodyhash: 'a digest of that command',
  correlationid: 'shared by all events of one undertaking, an import for example',
  causationid: 'the event or command that led to it directly',
  traceparent: 'the trace it was recorded in, as W3C Trace Context has it; absent where there was none',
  hash: 'SHA-256 over the record’s previous hash and everything here but position',
  about: 'the records it touches, with spaces between them',
};

/**
 * What an event says of itself, as CloudEvents 1.0 attributes: names in lower case, values text or whole numbers. What is empty is left out. The data
 * goes beside it, see `cloudEventData`.
 */
export function cloudEventAttributes(event: StoredEvent): Record<string, string | number> {
  const service = event.type.slice(0, event.type.indexOf('.'));
  return {
    specversion: '1.0',
    id: event.id,
    source: `/services/${service}`,
    type: event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    dataschema: `/api/events/schemas/${event.type}/${event.schemaVersion}.json`,
    tenant: event.tenant,
    revision: event.revision,
    position: event.position,
    occurredat: event.occurredAt,
    actor: event.actor,
    commandid: event.commandId,
    bodyhash: event.bodyHash,
    correlationid: event.correlationId,
    causationid: event.causationId,
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    hash: event.hash,
    about: event.about.join(' '),
  };
}

/** The data of a CloudEvent: sealed parts stay sealed, as `sealed`, by the person they are of. */
export const cloudEventData = ({ data, sealed }: StoredEvent): JsonObject => (sealed ? { ...data, sealed } : data);

/**
 * The event that attributes and data were made of.
 *
 * @param attribute gives an attribute's text by its name; undefined where there is none
 * @throws RangeError naming the attribute that is missing or malformed; never what it holds
 */
export function fromCloudEvent(attribute: (name: string) => string | undefined, data: JsonObject): StoredEvent {
  const text = (name: string) => {
    const value = attribute(name);
    if (!value) throw new RangeError(`it has no ${name}`);
    return value;
  };
  const whole = (name: string, value = text(name)) => {
    if (!/^[1-9]\d{0,14}$/.test(value)) throw new RangeError(`its ${name} is no whole number from 1`);
    return Number(value);
  };
  const { sealed, ...open } = data;
  return {
    id: text('id'),
    type: text('type'),
    schemaVersion: whole('dataschema', /\/(\d+)\.json$/.exec(text('dataschema'))?.[1] ?? ''),
    tenant: text('tenant'),
    stream: text('subject'),
    revision: whole('revision'),
    position: whole('position'),
    recordedAt: text('time'),
    occurredAt: text('occurredat'),
    actor: text('actor'),
    commandId: text('commandid'),
    bodyHash: attribute('bodyhash') ?? '',
    correlationId: text('correlationid'),
    causationId: text('causationid'),
    traceparent: attribute('traceparent') ?? '',
    about: text('about').split(' '),
    data: open,
    ...(sealed === undefined ? {} : { sealed: sealed as Record<string, string> }),
    hash: text('hash'),
  };
}
