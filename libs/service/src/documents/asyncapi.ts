import { allEvents, type EventType } from '#model';
import type { JsonSchema } from './forms.ts';

/** AsyncAPI 3 of what the services tell: a channel per service, a message per event. Internal events are nobody else's. */
export function asyncApi(services: readonly string[]): JsonSchema {
  const events = publicEvents(services);
  const channels: Record<string, JsonSchema> = {};
  const operations: Record<string, JsonSchema> = {};
  for (const service of services) {
    const own = events.filter((event) => event.type.startsWith(`${service}.`));
    channels[service] = {
      address: `rapport.${service}`,
      title: `What happens in ${service}`,
      description: 'At least once; the first occurrences of a record’s events come in order. Drop repeated ids.',
      messages: Object.fromEntries(own.map((event) => [event.type, { $ref: `#/components/messages/${event.type}` }])),
    };
    operations[`${service}.tell`] = { action: 'send', channel: { $ref: `#/channels/${service}` } };
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Rapport events', version: '1', license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: {
      messages: Object.fromEntries(
        events.map((event) => [event.type, { name: event.type, contentType: 'application/cloudevents+json', payload: eventSchema(event) }]),
      ),
    },
  };
}

/** The JSON Schema of an event's data; undefined when there is no such event, or it is internal, or this version is not described any more. */
export function schemaOf(type: string, version: number): JsonSchema | undefined {
  const event = allEvents().find((one) => one.type === type);
  return event && !event.internal && event.version === version ? eventSchema(event) : undefined;
}

/** What is personal travels sealed: only holders of a grant read it, others find it missing. */
function eventSchema(event: EventType<any, any>): JsonSchema {
  const schema = JSON.parse(JSON.stringify(event.schema)) as JsonSchema;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `/api/events/schemas/${event.type}/${event.version}.json`,
    title: event.type,
    ...schema,
  };
}

const publicEvents = (services: readonly string[]) =>
  allEvents().filter((event) => !event.internal && services.includes(event.type.split('.')[0]!));
