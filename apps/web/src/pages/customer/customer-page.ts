import type { Schemas } from '../../api/schema.ts';
import type { Customer, HistoryItem, Whole } from './kinds.ts';
import type { MomentState } from './time/use-moment.ts';

/** What every part of a customer's page is given. `shown`: the customer at the moment that is shown; `now`: today's. */
export type CustomerPage = {
  of: Customer;
  /** The customer's own record: of a merged one the survivor's. */
  id: string;
  now: Whole;
  /** The revision that an edit of today's is meant for. */
  revision: number | undefined;
  shown: Whole;
  /** What is shown is guessed from what is loaded, until the server's answer is there. */
  guessed: boolean;
  moment: MomentState;
  history: HistoryItem[] | undefined;
  entries: readonly Schemas['OutlineEntry'][];
  /** What the role may do with this record. */
  may: (ability: string) => boolean;
  /** The list of this customer's deals of a status; undefined while there is no such page. */
  dealsPath: (status: 'won' | 'open' | 'lost') => string | undefined;
};
