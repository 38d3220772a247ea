import { hash } from 'node:crypto';

/** `<kind>/<id>`, for example `sales.opportunity/0193…`; within its tenant. */
export type StreamName = string;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * An event as logs keep it and buses carry it. `data` holds what is not personal; `sealed` one ciphertext per person concerned (base64 of
 * nonce, ciphertext and tag), keyed by the person's record name (`contacts.contact/<id>`).
 */
export type StoredEvent = {
  /** UUIDv5 of the command's id and the event's place among its events. */
  id: string;
  type: string;
  schemaVersion: number;
  tenant: string;
  stream: StreamName;
  revision: number;
  /** In its log; set by the store. */
  position: number;
  /** RFC 3339 in UTC with milliseconds; never decreases within a stream. */
  recordedAt: string;
  /** RFC 3339 in UTC with milliseconds. */
  occurredAt: string;
  /** A pseudonymous id: `workspace.user` id, or `system`. */
  actor: string;
  commandId: string;
  bodyHash: string;
  correlationId: string;
  causationId: string;
  traceparent: string;
  /** Record names (`<kind>/<id>`) the event touches, its own stream among them. */
  about: string[];
  data: JsonObject;
  sealed?: Record<string, string>;
  /** Hex SHA-256 of the stream's previous hash and of everything here but the position. */
  hash: string;
};

type Unplaced = Omit<StoredEvent, 'position'>;

/** The hash an event must carry. Canonical: keys sorted at every depth, absent members left out. */
export function hashOf(event: Omit<Unplaced, 'hash'>, previous: string): string {
  return hashOfText(canonical(event, HASHLESS), previous);
}

/** A complete event, and its text remembered: what was hashed is what will be written. */
export function hashed(event: Omit<Unplaced, 'hash'>, previous: string): Unplaced {
  const text = canonical(event, HASHLESS);
  const complete = { ...event, hash: hashOfText(text, previous) };
  texts.set(complete, text);
  return complete;
}

/** An event as engines keep it: JSON without its position, its hash at the end behind the very text that was hashed. */
export function bodyOf(event: Unplaced): string {
  const text = texts.get(event) ?? canonical(event, HASHLESS);
  return `${text.slice(0, -1)}${hashTail(event.hash)}`;
}

/** Whether an event is what was hashed. `body`: its text as it was kept, which, where it is as `bodyOf` writes it, need not be made anew. */
export function isWhole(event: Omit<StoredEvent, 'position'>, previous: string, body?: string): boolean {
  const tail = hashTail(event.hash);
  if (body?.endsWith(tail) && hashOfText(`${body.slice(0, -tail.length)}}`, previous) === event.hash) return true;
  return hashOf(event, previous) === event.hash;
}

const hashTail = (of: string) => `,"hash":"${of}"}`;
const hashOfText = (text: string, previous: string) => hash('sha256', `${previous}\n${text}`);
const texts = new WeakMap<object, string>();
const HASHLESS: ReadonlySet<string> = new Set(['position', 'hash']);
const NONE: ReadonlySet<string> = new Set();

/** JSON with sorted keys; undefined members are left out, so equal values give equal text. */
export function canonical(value: unknown, without: ReadonlySet<string> = NONE): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined && !without.has(key)) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(member)}`;
  }
  return `{${text}}`;
}
