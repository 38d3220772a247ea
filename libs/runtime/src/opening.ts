import { UNREADABLE } from '#engines/event-bus';
import { VaultUnavailable } from '#engines/vault';
import type { Recorded, StoredEvent } from '#model';
import type { Sealer } from './engines.ts';
import { Unreadable } from './parking.ts';

/** An event and what its handlers see of it, or why they cannot. */
export type Opened = { stored: StoredEvent; recorded: Recorded | undefined; error?: unknown };

/**
 * Opens events, a tenant's in one call; those that cannot be opened are told apart from the others. In the same order.
 *
 * @throws VaultUnavailable: that is no event's fault, and is tried again
 */
export async function openEvents(sealer: Sealer, events: StoredEvent[]): Promise<Opened[]> {
  const byTenant = new Map<string, StoredEvent[]>();
  const opened = new Map<StoredEvent, Opened>();
  for (const event of events)
    if (event.type === UNREADABLE) opened.set(event, { stored: event, recorded: undefined, error: new Unreadable(event) });
    else byTenant.set(event.tenant, [...(byTenant.get(event.tenant) ?? []), event]);
  for (const [tenant, group] of byTenant) {
    try {
      const recorded = await sealer.unseal(tenant, group);
      for (const [index, stored] of group.entries()) opened.set(stored, { stored, recorded: recorded[index]! });
    } catch (error) {
      if (error instanceof VaultUnavailable) throw error;
      // One of them cannot be read: find out which, so that the others go on.
      for (const stored of group) opened.set(stored, await openOne(sealer, tenant, stored));
    }
  }
  return events.map((stored) => opened.get(stored)!);
}

async function openOne(sealer: Sealer, tenant: string, stored: StoredEvent): Promise<Opened> {
  try {
    const [recorded] = await sealer.unseal(tenant, [stored]);
    return { stored, recorded: recorded! };
  } catch (error) {
    if (error instanceof VaultUnavailable) throw error;
    return { stored, recorded: undefined, error };
  }
}
