import type { StreamAppend } from '#engines/event-store';
import { defineEvent, Id, Text, type Decider, type EventType } from '#model';
import type { Draft } from './draft.ts';
import type { Engines } from './engines.ts';
import { Problem } from './problem.ts';

/**
 * Unique values are streams of their own, `<service>.unique-<kind>-<field>/<fingerprint>`, ending in `reserved` or `released`; they move in the
 * same append as the record. The value itself stands nowhere: the stream's name is its HMAC under the tenant's key.
 */
export const uniqueEvents = (service: string): { reserved: EventType<any, any>; released: EventType<any, any> } => {
  let events = made.get(service);
  if (!events) {
    events = {
      reserved: defineEvent(`${service}.unique.reserved`, { kind: Text, field: Text, recordId: Id }, { internal: true }),
      released: defineEvent(`${service}.unique.released`, { kind: Text, field: Text, recordId: Id }, { internal: true }),
    };
    made.set(service, events);
  }
  return events;
};
const made = new Map<string, { reserved: EventType<any, any>; released: EventType<any, any> }>();

/** The appends that reserve and release what a command changed. @throws Problem 409 `not-unique` naming the field, never the other record */
export async function uniqueMoves(
  engines: Engines,
  draft: Draft,
  of: Decider<any, any>,
  id: string,
  before: unknown,
  after: unknown,
): Promise<StreamAppend[]> {
  const fields = Object.entries(of.how?.unique ?? {}) as [string, (state: unknown) => string | undefined][];
  const appends: StreamAppend[] = [];
  const { tenant } = draft.context;
  for (const [field, valueOf] of fields) {
    const old = before === undefined ? undefined : valueOf(before) || undefined;
    const value = after === undefined ? undefined : valueOf(after) || undefined;
    if (old === value) continue;
    const events = uniqueEvents(of.service);
    if (value !== undefined) {
      const tail = await reservation(engines, tenant, of.kind, field, value);
      if (tail.holder !== undefined && tail.holder !== id)
        throw new Problem(409, 'not-unique', `Another ${of.kind} has this ${field} already.`, {
          fields: [{ field, problem: 'is taken', hint: 'choose another value, or change the record that has it' }],
        });
      if (tail.holder === undefined)
        appends.push(draft.addInternal(events.reserved, tail.stream, tail, { kind: of.kind, field, recordId: id }));
    }
    if (old !== undefined) {
      const tail = await reservation(engines, tenant, of.kind, field, old);
      if (tail.holder === id) appends.push(draft.addInternal(events.released, tail.stream, tail, { kind: of.kind, field, recordId: id }));
    }
  }
  return appends;
}

/** Who holds a value now, and the end of its stream. */
export async function reservation(engines: Engines, tenant: string, kind: string, field: string, value: string) {
  const [service, name] = kind.split('.') as [string, string];
  const stream = `${service}.unique-${name}-${field}/${await engines.sealer.fingerprint(tenant, `${kind}.${field}`, value)}`;
  const last = (await engines.log.read(tenant, stream)).at(-1);
  const holder = last?.type.endsWith('.reserved') ? (last.data.recordId as string) : undefined;
  return { stream, holder, revision: last?.revision ?? 0, hash: last?.hash ?? '', recordedAt: last?.recordedAt ?? '' };
}
