import { Partitioners, type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { cloudEventAttributes, cloudEventData, eventType, fromCloudEvent, type JsonObject, type StoredEvent } from '#model';
import { UNREADABLE } from '../port.ts';
import { PARTITIONS } from './topics.ts';

/**
 * What stands in a partition: an event, or the mark of one that is nobody else's business. Both say where in the log, and in which generation of the
 * topic. `event` is absent where nobody wants its kind.
 */
export type Decoded = { generation?: number; position: number; internal: boolean; event?: StoredEvent };

const CONTENT_TYPE = 'content-type';

/** A record's events have one key and so one partition. */
const keyOf = ({ tenant, stream }: StoredEvent) => `${tenant}/${stream}`;

const partitioner = Partitioners.DefaultPartitioner();
const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
  partitionId,
  leader: 0,
  partitionErrorCode: 0,
  replicas: [],
  isr: [],
}));

/** Where an event goes: as every Kafka client by its default would place its key. */
export const partitionOf = (event: StoredEvent): number =>
  partitioner({ topic: '', partitionMetadata, message: { key: keyOf(event), value: null } });

/**
 * An event as CloudEvents' binding for Kafka has it, in binary mode: attributes as headers, the data as the value. An internal event stays at home;
 * a mark without key, type and value says that there is one at its position, so that its own service reads it in its place.
 */
export function encode(event: StoredEvent, generation: number): Message {
  const place = { ce_position: String(event.position), ce_generation: String(generation) };
  const message = { partition: partitionOf(event), timestamp: String(Date.parse(event.recordedAt)) };
  if (eventType(event.type)?.internal) return { ...message, key: null, value: null, headers: place };
  const headers: Record<string, string> = { [CONTENT_TYPE]: 'application/json' };
  for (const [name, value] of Object.entries(cloudEventAttributes(event)))
    if (name !== 'datacontenttype') headers[`ce_${name}`] = String(value);
  return { ...message, key: keyOf(event), value: JSON.stringify(cloudEventData(event)), headers: { ...headers, ...place } };
}

/** How many bytes a message takes, nearly. */
export function sizeOf({ key, value, headers }: Message): number {
  let size = 64 + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '');
  for (const [name, text] of Object.entries(headers ?? {})) size += name.length + 4 + Buffer.byteLength(text as string);
  return size;
}

/**
 * Reads a message.
 *
 * @param place of the message, to name what cannot be read: `rapport.sales/3@1204`
 * @param kinds of records that are wanted; undefined: all. What is of no kind is for the consumer to judge
 */
export function decode(message: KafkaMessage, place: () => string, kinds?: ReadonlySet<string>): Decoded {
  const { headers = {} } = message;
  const attribute = (name: string) => textOf(headers[`ce_${name}`]);
  const generation = wholeOf(attribute('generation'));
  const position = wholeOf(attribute('position'));
  if (message.key === null && message.value === null && headers.ce_id === undefined && position !== undefined)
    return { generation, position, internal: true };
  const kind = kinds && kindOf(message);
  if (kind !== undefined && !kinds!.has(kind) && position !== undefined) return { generation, position, internal: false };
  try {
    const event = fromCloudEvent(attribute, dataOf(message.value));
    return { generation, position: event.position, internal: false, event };
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'its data is no JSON object';
    return { generation, position: 0, internal: false, event: unreadable(message, `${place()}#${generation ?? '?'}`, reason) };
  }
}

/** The kind of record an event is of, without reading it; undefined where the key does not say. */
function kindOf({ key }: KafkaMessage): string | undefined {
  const [, stream = ''] = splitKey(key);
  return stream === '' ? undefined : stream.slice(0, stream.indexOf('/'));
}

function textOf(value: IHeaders[string]): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return first?.toString();
}

const wholeOf = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined);

function dataOf(value: Buffer | null): JsonObject {
  const data: unknown = JSON.parse(value?.toString() ?? 'null');
  if (data === null || typeof data !== 'object' || Array.isArray(data)) throw new RangeError('its data is no JSON object');
  return data as JsonObject;
}

/** `<tenant>/<stream>`; empty where the key is no such thing. */
function splitKey(key: Buffer | null): [tenant: string, stream: string] {
  const text = key?.toString() ?? '';
  const match = /^([^/]+)\/([^/]+\/.+)$/.exec(text);
  return match ? [match[1]!, match[2]!] : ['', ''];
}

function unreadable({ key, value, headers, timestamp }: KafkaMessage, id: string, reason: string): StoredEvent {
  const [tenant, stream] = splitKey(key);
  const milliseconds = Number(timestamp);
  const at = new Date(milliseconds > 0 && milliseconds < 8.64e15 ? milliseconds : 0).toISOString();
  const text = (bytes: Buffer | null) => bytes?.toString('base64') ?? null;
  return {
    id,
    type: UNREADABLE,
    schemaVersion: 0,
    tenant,
    stream,
    revision: 0,
    position: 0,
    recordedAt: at,
    occurredAt: at,
    actor: '',
    commandId: '',
    bodyHash: '',
    correlationId: '',
    causationId: '',
    traceparent: '',
    about: [],
    data: {
      reason,
      key: text(key),
      value: text(value),
      headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, one]) => [name, textOf(one) ?? ''])),
    },
    hash: '',
  };
}
