import { createContext, use } from 'react';
import type { Schemas } from '../../api/schema.ts';

type Deal = Schemas['view.contacts.deal-row'];
type Activity = Schemas['view.contacts.activity-row'];

/**
 * What a page knows already of the records its histories name. `own`: the record the page is of, and those merged into it: of them it is not said whom
 * something happened to. `ids`: events that are shown, to tell what took one of them back.
 */
export type Known = {
  own: (record: string) => boolean;
  deal: (id: string) => Deal | undefined;
  activity: (id: string) => Activity | undefined;
  member: (id: string) => string | undefined;
  ids: (id: string) => boolean;
};

const NOTHING: Known = { own: () => false, deal: () => undefined, activity: () => undefined, member: () => undefined, ids: () => false };
const Context = createContext<Known>(NOTHING);

export const KnownRecords = Context.Provider;
export const useKnown = (): Known => use(Context);
