import { defineEvent, Instant, lifecycle, List, Optional, Ref, Text } from '#model';
import { Grant } from './role.ts';

/** A key that acts for its owner within `scopes`. The key itself is shown once and stored nowhere: the record's id follows from its hash. */
export const ApiKeyIssued = defineEvent('workspace.api-key.issued', {
  name: Text,
  ownerId: Ref('workspace.user'),
  scopes: List(Grant),
  expiresAt: Optional(Instant),
});
export const ApiKeyRevoked = defineEvent('workspace.api-key.revoked', {});
export const [ApiKeyRemoved, ApiKeyRestored, ApiKeyErased] = lifecycle('workspace.api-key');
