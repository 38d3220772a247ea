import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Vault } from '#engines/vault';
import {
  emptied,
  eventType,
  joinPersonal,
  parseRef,
  randomOf,
  splitPersonal,
  upcastData,
  type EventType,
  type JsonObject,
  type Part,
  type Recorded,
  type StoredEvent,
} from '#model';
import { PersonKeys, type PersonKey } from './keys.ts';

/** Whose personal parts a service may read: kinds of records, all of them, or nobody's. */
export type Grant = { kinds: readonly string[] } | 'all' | 'none';

/** Somebody was erased whose data an event would hold. */
export class ErasedPerson extends Error {
  override readonly name = 'ErasedPerson';
}

/** An event this process has no definition for, or data no upcast leads from. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}

export type SealerOptions = { vault: Vault; clock: () => number; grant?: Grant };

/**
 * One ciphertext per person and event: AES-256-GCM under the person's key, with the event's id and the person's name authenticated, so that a part
 * cannot be moved to another event. Nonce, ciphertext and tag in base64.
 */
export function openSealer({ vault, clock, grant = 'all' }: SealerOptions) {
  const keys = new PersonKeys(vault, clock);
  const granted = (person: string) => grant === 'all' || (grant !== 'none' && grant.kinds.includes(parseRef(person).kind));
  const fingerprintKeys = new Map<string, Uint8Array>();

  return {
    /** @throws ErasedPerson when the person's key was destroyed: nothing more may be written about them */
    async seal(
      tenant: string,
      stream: string,
      type: EventType<any, any>,
      eventId: string,
      data: JsonObject,
    ): Promise<{ data: JsonObject; sealed?: Record<string, string> }> {
      if (type.personal.length === 0) return { data };
      const { open, parts } = splitPersonal(type, data, stream);
      const people = Object.keys(parts);
      if (people.length === 0) return { data: open };
      const found = await keys.get(tenant, people, { make: true });
      const sealed: Record<string, string> = {};
      for (const person of people) {
        const key = found.get(person);
        if (!(key instanceof Uint8Array)) throw new ErasedPerson('a person named by this event was erased');
        sealed[person] = encrypt(key, eventId, person, parts[person]!);
      }
      return { data: open, sealed };
    },

    async prepare(tenant: string, people: string[]): Promise<void> {
      await keys.get(tenant, people, { make: true });
    },

    /** In the same order. @throws UnknownEvent for a type or version nothing is known of */
    async unseal(tenant: string, events: StoredEvent[]): Promise<Recorded[]> {
      const people = new Set<string>();
      for (const event of events) for (const person of Object.keys(event.sealed ?? {})) if (granted(person)) people.add(person);
      const found = people.size > 0 ? await keys.get(tenant, people) : new Map<string, PersonKey>();
      return events.map((event) => opened(event, found));
    },

    async open(tenant: string, parts: { event: string; person: string; sealed: string }[]): Promise<(Part | 'erased' | undefined)[]> {
      const found = await keys.get(tenant, new Set(parts.map(({ person }) => person).filter(granted)));
      return parts.map(({ event, person, sealed }) => {
        const key = found.get(person);
        if (!(key instanceof Uint8Array)) return key;
        try {
          return decrypt(key, event, person, sealed);
        } catch {
          return undefined;
        }
      });
    },

    async fingerprint(tenant: string, field: string, value: string): Promise<string> {
      let key = fingerprintKeys.get(tenant);
      if (!key) fingerprintKeys.set(tenant, (key = await vault.tenantKey(tenant, 'fingerprints')));
      return createHmac('sha256', key).update(field).update('\u0000').update(value).digest('base64url');
    },

    forget: (tenant: string, person: string) => keys.forget(tenant, person),
  };
}

function opened(event: StoredEvent, keys: Map<string, PersonKey>): Recorded {
  const type = eventType(event.type);
  if (!type) throw new UnknownEvent(`no definition of ${event.type}`);
  const slash = event.stream.indexOf('/');
  const parts: Part[] = [];
  let [missing, erased] = [false, false];
  if (event.sealed)
    for (const [person, ciphertext] of Object.entries(event.sealed)) {
      const key = keys.get(person);
      if (key instanceof Uint8Array) parts.push(decrypt(key, event.id, person, ciphertext));
      else {
        missing = true;
        erased ||= key === 'erased';
      }
    }
  const joined = joinPersonal(event.data, parts);
  const current = event.schemaVersion === type.version ? joined : upcastData(type, event.schemaVersion, joined);
  const recorded: Recorded = {
    type: event.type,
    data: missing ? emptied(type, current) : current,
    recordId: event.stream.slice(slash + 1),
    eventId: event.id,
    at: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor,
    revision: event.revision,
    tenant: event.tenant,
    kind: event.stream.slice(0, slash),
  };
  if (erased) recorded.erased = true;
  return recorded;
}

function encrypt(key: Uint8Array, eventId: string, person: string, part: Part): string {
  const nonce = randomOf(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`${eventId}\u0000${person}`));
  return Buffer.concat([nonce, cipher.update(JSON.stringify(part), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** @throws Error when it was altered, or belongs to another event or person */
function decrypt(key: Uint8Array, eventId: string, person: string, ciphertext: string): Part {
  const bytes = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(`${eventId}\u0000${person}`))
    .setAuthTag(bytes.subarray(-16));
  return JSON.parse(decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')) as Part;
}
