import { allEvents, CLOUD_EVENT_ATTRIBUTES, type EventType } from '#model';
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
      description:
        'At least once; the first occurrences of a record’s events come in order. Drop repeated ids, and messages without ce_id: they are marks of ours.',
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
        events.map((event) => [
          event.type,
          {
            name: event.type,
            contentType: 'application/json',
            traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
            payload: eventSchema(event),
          },
        ]),
      ),
      messageTraits: { cloudEvent: CLOUD_EVENT },
    },
  };
}

/** CloudEvents' binding for Kafka, in binary mode: attributes are headers, the data is the value. */
const CLOUD_EVENT = {
  headers: {
    type: 'object',
    properties: {
      ...Object.fromEntries(
        Object.entries(CLOUD_EVENT_ATTRIBUTES).map(([name, description]) => [
          name === 'datacontenttype' ? 'content-type' : `ce_${name}`,
          { type: 'string', description },
        ]),
      ),
      ce_generation: { type: 'string', description: 'which making of the topic this is: rises when all is published again' },
    },
    required: Object.keys(CLOUD_EVENT_ATTRIBUTES).flatMap((name) =>
      ['datacontenttype', 'traceparent', 'bodyhash'].includes(name) ? [] : [`ce_${name}`],
    ),
  },
  bindings: { kafka: { key: { type: 'string', description: '<tenant>/<subject>: a record’s events are in one partition' } } },
};

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
