import type { JsonObject, StoredEvent } from './stored.ts';

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
 * @throws RangeError naming the attribute that is missing or malformed; never what it holds
 */
export function fromCloudEvent(attributes: Record<string, string | undefined>, data: JsonObject): StoredEvent {
  const text = (name: string) => {
    const value = attributes[name];
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
    bodyHash: attributes.bodyhash ?? '',
    correlationId: text('correlationid'),
    causationId: text('causationid'),
    traceparent: attributes.traceparent ?? '',
    about: text('about').split(' '),
    data: open,
    ...(sealed === undefined ? {} : { sealed: sealed as Record<string, string> }),
    hash: text('hash'),
  };
}
