import { randomUUID } from 'node:crypto';
import { inContext, Problem, type RequestContext, type Runtime } from '#service';
import { credentialRow } from '../user/user-row.ts';
import { invitationHash } from '../user/user.controller.ts';
import { user } from '../user/user.ts';
import { hashPassword } from './passwords.ts';
import type { JoinDesk } from './sign-in.ts';

type Options = { runtime: Runtime; asSystem: (tenant: string) => RequestContext; tenant: string; now: () => number };

/**
 * Lets in who was given a link. Whether it is good stands in the log: a link is used once, also when two use it at the same moment.
 *
 * @param forget ends the sessions of somebody whose password has changed
 */
export function joinDesk({ runtime, asSystem, tenant, now }: Options, forget: (user: string) => void): JoinDesk {
  return {
    async find(token) {
      const where = { field: 'invitationHash', op: 'eq' as const, value: invitationHash(token) };
      const { items } = await inContext(asSystem(tenant), () => runtime.views.list(credentialRow, { where, limit: 1 }));
      const [row] = items;
      if (!row?.active || !row.invitationId || !row.email || Date.parse(row.invitedUntil ?? '') <= now()) return undefined;
      return { userId: row.id, invitationId: row.invitationId, name: row.name, email: row.email, language: row.language };
    },
    async join({ userId, invitationId }, password) {
      const hash = await hashPassword(password);
      const ctx = { ...asSystem(tenant), actor: userId, commandId: randomUUID() };
      const { position } = await inContext(ctx, () => runtime.commands.run(user, userId, 'join', { hash, invitationId }));
      forget(userId);
      // Whoever has just chosen a password signs in with it the next moment. Where the views are late, the sign-in page is there a moment later.
      if (position) await runtime.freshness.wait(position).catch(unlessLate);
    },
  };
}

function unlessLate(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== 'not-caught-up') throw error;
}
