import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO8601, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { act, create, decider, Flag, fold, Id, Instant, List, on, Optional, projection, Ref, start, Text } from '#model';
import { ApiKeyIssued, ApiKeyRevoked } from '#events/workspace/api-key';
import { Grant } from '#events/workspace/role';
import { GrantForm } from '../role/role.ts';

/** `hash`: hex SHA-256 of the key; the key itself is never part of a command. */
export class IssueApiKey {
  @IsString() @Length(1, 100) name!: string;
  @IsString() @Length(64, 64) hash!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => GrantForm) scopes!: GrantForm[];
  @IsOptional() @IsISO8601({ strict: true }) expiresAt?: string;
}
export class RevokeApiKey {}

export type ApiKey = Parameters<typeof ApiKeyIssued>[0] & { revoked: boolean };
const evolve = fold<ApiKey>(
  start(ApiKeyIssued, (e) => ({ ...e.data, revoked: false })),
  on(ApiKeyRevoked, (key) => ({ ...key, revoked: true })),
);

/** A key belongs to whoever issues it, and can only narrow what they may do. */
export const apiKey = decider('workspace.api-key', evolve, {
  issue: create(IssueApiKey, ({ expiresAt, ...command }, { actor }) => ApiKeyIssued({ ...command, ownerId: actor, ...(expiresAt ? { expiresAt: new Date(expiresAt).toISOString() } : {}) })),
  revoke: act(RevokeApiKey, (key) => (key.revoked ? [] : ApiKeyRevoked({}))),
});

export const apiKeyRow = projection(
  'workspace.api-key-row',
  { id: Id, name: Text, ownerId: Ref('workspace.user'), scopes: List(Grant), expiresAt: Optional(Instant), revoked: Flag, createdAt: Instant },
  { version: 1, access: 'owner', indexes: [['name'], ['createdAt']] },
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
