import { act, create, decider, fold, on, reject, start } from '#model';
import { ApiKeyIssued, ApiKeyRevoked } from '#events/workspace/api-key';
import { cleanText } from '#records';
import { IssueApiKey, RevokeApiKey } from './api-key.commands.ts';

export type ApiKey = Omit<Parameters<typeof ApiKeyIssued>[0], 'hash'> & { revoked: boolean };

const evolve = fold<ApiKey>(
  start(ApiKeyIssued, ({ data: { hash: _, ...key } }) => ({ ...key, revoked: false })),
  on(ApiKeyRevoked, (key) => ({ ...key, revoked: true })),
);

/** A key belongs to whoever issues it, and can only narrow what they may do. What was revoked stays so: a new key is issued instead. */
export const apiKey = decider('workspace.api-key', evolve, {
  issue: create(
    IssueApiKey,
    ({ expiresAt, ...command }, { actor, now }) => {
      const until = expiresAt && new Date(expiresAt).toISOString();
      if (until && until <= now) return reject('expired-already', { expiresAt: until });
      return ApiKeyIssued({ ...command, ownerId: actor, name: cleanText(command.name), ...(until ? { expiresAt: until } : {}) });
    },
    { undo: 'revoke' },
  ),
  revoke: act(RevokeApiKey, (key) => (key.revoked ? [] : ApiKeyRevoked({}))),
});
