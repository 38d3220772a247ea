import {
  Answer,
  Anything,
  Bag,
  cloudEventAttributes,
  cloudEventData,
  Count,
  Id,
  Instant,
  OneOf,
  Optional,
  Text,
  type Static,
  type StoredEvent,
} from '#model';

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
  bodyhash: Text,
  correlationid: Text,
  causationid: Text,
  traceparent: Optional(Text),
  hash: Text,
  data: Bag(Anything),
  about: Text,
});

/** An event as CloudEvents 1.0 (JSON format) has it. Personal parts stay sealed: `data.sealed`, by the person they are of. */
export const cloudEvent = (event: StoredEvent): Static<typeof CloudEvent> =>
  ({ ...cloudEventAttributes(event), data: cloudEventData(event) }) as Static<typeof CloudEvent>; // attributes by name: the model knows of no answers
