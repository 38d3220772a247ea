import { useSyncExternalStore } from 'react';

/** What a new deal begins with, from wherever it is made. */
export type NewDealOf = { accountId?: string; contactId?: string; pipelineId?: string; stageId?: string; expectedCloseOn?: string };

let of: NewDealOf | undefined;
const listeners = new Set<() => void>();
const become = (next: NewDealOf | undefined) => {
  of = next;
  for (const listener of listeners) listener();
};

/** Opens the drawer in which a deal is made; the frame shows it, whatever the page. */
export const openNewDeal = (given: NewDealOf): void => become(given);
export const closeNewDeal = (): void => become(undefined);
export const useNewDeal = (): NewDealOf | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => of,
  );
