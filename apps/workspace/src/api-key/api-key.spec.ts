import { spec, viewSpec } from '#testing';
import { ApiKeyIssued, ApiKeyRevoked } from '#events/workspace/api-key';
import { apiKey } from './api-key.ts';
import { apiKeyHash, apiKeyRow } from './api-key-row.ts';

const given = spec(apiKey);
const hash = 'ab'.repeat(32);
const scopes = [{ can: ['read'], on: ['sales'], reach: 'own' as const }];
const issued = ApiKeyIssued({ name: 'Till', hash, ownerId: 'ann', scopes });

it('acts for whoever asked for it', () => given().when('issue', { name: ' Till ', hash, scopes }).then(issued));
it('is not issued for the past', () =>
  given().when('issue', { name: 'Till', hash, scopes, expiresAt: '2026-03-02T10:00:00+02:00' }).thenRejected('expired-already'));
it('ends at a moment, kept in UTC', () =>
  given()
    .when('issue', { name: 'Till', hash, scopes, expiresAt: '2026-03-03T10:00:00+02:00' })
    .then(ApiKeyIssued({ name: 'Till', hash, ownerId: 'ann', scopes, expiresAt: '2026-03-03T08:00:00.000Z' })));
it('is revoked once, for good', () => {
  given(issued).when('revoke', {}).then(ApiKeyRevoked({}));
  given(issued, ApiKeyRevoked({})).when('revoke', {}).then();
});
it('never leaves its service', () => expect([ApiKeyIssued.internal, ApiKeyRevoked.internal]).toEqual([true, true]));

const shown = { id: 'r1', ownerId: 'ann', scopes, revoked: true };
it('shows itself to its owner without its hash', () =>
  viewSpec(apiKeyRow)(issued, ApiKeyRevoked({})).then({ ...shown, name: 'Till', createdAt: '2026-03-02T09:00:00.000Z' }));
it('is looked up by its hash', () => viewSpec(apiKeyHash)(issued, ApiKeyRevoked({})).then({ ...shown, hash }));
