import type { Vault } from '#engines/vault';

const MARKS = 'moving/';
const nameOf = (tenant?: string) => `${MARKS}${tenant === undefined ? 'all' : `tenant/${tenant}`}`;

/**
 * Writes down in the target's own vault how far a move into it has come: every service opens the vault before it reads anything, on every engine. Durable
 * before the first event is copied.
 */
export const markMoving = (vault: Vault, state: 'begun' | 'whole', tenant?: string): Promise<void> => vault.note(nameOf(tenant), state);

/** Whether a move into this installation was begun and not ended; which, as a sentence for whoever wants to start or use it. */
export async function halfMoved(vault: Vault): Promise<string | undefined> {
  const begun = Object.entries(await vault.notes(MARKS)).find(([, state]) => state !== 'whole');
  if (!begun) return undefined;
  const [, tenant] = begun[0].slice(MARKS.length).split('tenant/');
  const which = tenant === undefined ? '' : ` of the tenant ${tenant}`;
  return `A move${which} into this installation was begun and has not ended: it holds a part. Call \`rapport move\` again with the same arguments; it goes on where it stopped.`;
}
