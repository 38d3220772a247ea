import { cloudEventAttributes, cloudEventData, type StoredEvent } from '#model';

/** An event as CloudEvents 1.0 (JSON format) has it. Personal parts stay sealed: `data.sealed`, by the person they are of. */
export const cloudEvent = (event: StoredEvent): Record<string, unknown> => ({
  ...cloudEventAttributes(event),
  data: cloudEventData(event),
});
