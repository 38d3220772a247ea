import { randomUUID } from 'node:crypto';
import type { Permissions, RequestContext } from '#runtime';

const EVERYTHING: Permissions = { may: () => ({ all: true }), why: () => 'the system itself', hidden: () => [] };

/** What the process does by itself is done as `system`. */
export function asSystem(tenant: string): RequestContext {
  const id = randomUUID();
  return {
    tenant,
    actor: 'system',
    permissions: EVERYTHING,
    commandId: id,
    idempotent: false,
    correlationId: id,
    causationId: id,
    traceparent: '',
    lane: 'interactive',
  };
}
