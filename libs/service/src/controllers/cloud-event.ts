import { Answer, Anything, Bag, Count, Id, Instant, OneOf, Text, type Static, type StoredEvent } from '#model';

/** CloudEvents 1.0 in JSON, with the attributes of ours beside the standard ones. */
export const CloudEvent = Answer('CloudEvent', {
  specversion: OneOf('1.0'),
  id: Id,
  source: Text,
  type: Text,
  subject: Text,
  time: Instant,
  datacontenttype: Text,
  dataschema: Text,
  tenant: Text,
  revision: Count,
  position: Count,
  occurredat: Instant,
  actor: Text,
  commandid: Text,
  correlationid: Text,
  causationid: Text,
  traceparent: Text,
  hash: Text,
  data: Bag(Anything),
  about: Text,
});

/** An event as CloudEvents 1.0 (JSON format) has it. Personal parts stay sealed: `data.sealed`, by the person they are of. */
export function cloudEvent(event: StoredEvent): Static<typeof CloudEvent> {
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
    correlationid: event.correlationId,
    causationid: event.causationId,
    traceparent: event.traceparent,
    hash: event.hash,
    data: event.sealed ? { ...event.data, sealed: event.sealed } : event.data,
    about: event.about.join(' '),
  };
}
