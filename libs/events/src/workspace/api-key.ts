import { defineEvent, Instant, lifecycle, List, Optional, Ref, Text } from '#model';

/** The key itself is shown once and stored nowhere; `hash` is its SHA-256 in hex. */
export const ApiKeyIssued = defineEvent('workspace.api-key.issued', { name: Text, hash: Text, ownerId: Ref('workspace.user'), roleIds: List(Ref('workspace.role')), expiresAt: Optional(Instant) }, { internal: true });
export const ApiKeyRevoked = defineEvent('workspace.api-key.revoked', {}, { internal: true });
export const [ApiKeyRemoved, ApiKeyRestored, ApiKeyErased] = lifecycle('workspace.api-key');
