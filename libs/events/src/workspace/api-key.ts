import { defineEvent, Instant, lifecycle, List, Optional, Ref, Text } from '#model';
import { Grant } from './role.ts';

/** A key that acts for its owner within `scopes`. The key itself is shown once and stored nowhere; `hash` is its SHA-256 in hex. */
export const ApiKeyIssued = defineEvent(
  'workspace.api-key.issued',
  { name: Text, hash: Text, ownerId: Ref('workspace.user'), scopes: List(Grant), expiresAt: Optional(Instant) },
  { internal: true },
);
export const ApiKeyRevoked = defineEvent('workspace.api-key.revoked', {}, { internal: true });
export const [ApiKeyRemoved, ApiKeyRestored, ApiKeyErased] = lifecycle('workspace.api-key');
