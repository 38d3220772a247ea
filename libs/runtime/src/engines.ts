import type { EventBus } from '#engines/event-bus';
import type { EventStore } from '#engines/event-store';
import type { ReadModels } from '#engines/read-models';
import type { Vault } from '#engines/vault';
import type { EventType, JsonObject, Part, Recorded, StoredEvent, StreamName } from '#model';

/** Seals personal parts on the way in and opens them on the way out; `#privacy` makes one from a vault and a grant. */
export interface Sealer {
  /** What may be stored: the data without its personal parts, and a ciphertext per person concerned. Keys are durable before it answers. */
  seal(
    tenant: string,
    stream: StreamName,
    type: EventType,
    eventId: string,
    data: JsonObject,
  ): Promise<{ data: JsonObject; sealed?: Record<string, string> }>;
  /** Has the keys of these people at hand, made where there are none yet: in one call what `seal` would ask one by one. */
  prepare(tenant: string, people: string[]): Promise<void>;
  /** Events as handlers see them, upcast to their newest version; a part whose key is gone is empty and the event `erased`. */
  unseal(tenant: string, events: StoredEvent[]): Promise<Recorded[]>;
  /** Parts out of events' `sealed`, in order; 'erased' where the key is gone, undefined where it is another's part, or one of somebody not granted. */
  open(tenant: string, parts: { event: string; person: string; sealed: string }[]): Promise<(Part | 'erased' | undefined)[]>;
  /** A keyed digest under the tenant's own key: equal values give equal text, and nobody without the key can try values. */
  fingerprint(tenant: string, field: string, value: string): Promise<string>;
  /** Drops a person's key from memory at once. */
  forget(tenant: string, person: string): void;
}

/** What a service's runtime stands on. Chosen in one place, a `main.ts` or a test kit, never here. */
export type Engines = {
  /** This service's own log. */
  log: EventStore;
  /** Everything read models hold of this service. */
  models: ReadModels;
  bus: EventBus;
  vault: Vault;
  sealer: Sealer;
  clock: Clock;
  tenants: Tenants;
};

/** Time comes in from outside. Milliseconds since 1970. */
export type Clock = () => number;

/** What the runtime asks of a tenant's settings and field definitions. */
export interface Tenants {
  /** IANA name of the tenant's time zone: where its business days begin. */
  zone(tenant: string): string;
  /** ISO code of the country it is in. */
  country?(tenant: string): string | undefined;
  /** Findings on a record's custom values against the tenant's definitions; none when there are no definitions for the field's shape. */
  checkCustom(tenant: string, kind: string, custom: JsonObject): { field: string; problem: string; hint?: string }[];
}
