import { Flag, Id, Instant, List, on, Optional, projection, Ref, start, Text } from '#model';
import { ApiKeyIssued, ApiKeyRevoked } from '#events/workspace/api-key';
import { Grant } from '#events/workspace/role';

export const apiKeyRow = projection(
  'workspace.api-key-row',
  {
    id: Id,
    name: Text,
    ownerId: Ref('workspace.user'),
    scopes: List(Grant),
    expiresAt: Optional(Instant),
    revoked: Flag,
    createdAt: Instant,
  },
  { version: 1, access: 'owner', indexes: [['name'], ['createdAt'], ['expiresAt'], ['revoked', 'name']], words: ['name'] },
  start(ApiKeyIssued, (e) => ({ ...e.data, id: e.recordId, revoked: false, createdAt: e.at })),
  on(ApiKeyRevoked, (row) => ({ ...row, revoked: true })),
);

/** What a request's key is looked up by. No route shows it. */
export const apiKeyHash = projection(
  'workspace.api-key-hash',
  { id: Id, hash: Text, ownerId: Ref('workspace.user'), scopes: List(Grant), expiresAt: Optional(Instant), revoked: Flag },
  { version: 1, access: { ability: 'credentials' }, indexes: [['hash']] },
  start(ApiKeyIssued, (e) => ({ ...e.data, id: e.recordId, revoked: false })),
  on(ApiKeyRevoked, (row) => ({ ...row, revoked: true })),
);
