import type { StoredEvent } from '#model';

/** An event as CloudEvents 1.0 (JSON format) has it. Personal parts stay sealed: `data.sealed`, by the person they are of. */
export function cloudEvent(event: StoredEvent): Record<string, unknown> {
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
