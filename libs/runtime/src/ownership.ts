import type { Reach } from './context.ts';

/** Who owns a record: what its decider says, else its state's `ownerId`; undefined when it is nobody's in particular. */
export const ownerOf = (of: { how?: { owner?: (state: any) => string | undefined } }, state: unknown): string | undefined =>
  of.how?.owner ? of.how.owner(state) : ((state as { ownerId?: string } | undefined)?.ownerId ?? undefined);

export const within = (reach: Reach, owner: string | undefined): boolean =>
  reach.all || owner === undefined || reach.owners.includes(owner);
