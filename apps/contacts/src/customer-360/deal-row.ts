import { by, Count, Day, Flag, Id, Instant, Money, OneOf, on, Optional, projection, Ref, start, summary, sums, Sums, Text } from '#model';
import { OpportunityChanged, OpportunityLost, OpportunityOpened, OpportunityReopened, OpportunityStageMoved, OpportunityWon } from '#events/sales/opportunity';

/** A deal as a customer's page shows it: kept here, from sales' events. */
export const dealRow = projection(
  'contacts.deal-row',
  {
    id: Id,
    name: Text,
    accountId: Optional(Ref('contacts.account')),
    contactId: Optional(Ref('contacts.contact')),
    ownerId: Ref('workspace.user'),
    stageId: Id,
    status: OneOf('open', 'won', 'lost'),
    open: Flag,
    value: Optional(Money),
    openedOn: Day,
    closedOn: Optional(Day),
    expectedCloseOn: Optional(Day),
    reason: Optional(Text),
    changedAt: Instant,
  },
  { version: 1, access: 'owner', indexes: [['accountId', 'open'], ['contactId', 'open'], ['ownerId', 'open']] },
  start(OpportunityOpened, (e) => ({ ...e.data, id: e.recordId, status: 'open' as const, open: true, changedAt: e.at })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to, changedAt: e.at })),
  on(OpportunityChanged, (deal, e) => ({ ...OpportunityChanged.apply(deal, e), changedAt: e.at })),
  on(OpportunityWon, (deal, e) => ({ ...deal, status: 'won' as const, open: false, value: e.data.value ?? deal.value, closedOn: e.data.closedOn, changedAt: e.at })),
  on(OpportunityLost, (deal, e) => ({ ...deal, status: 'lost' as const, open: false, reason: e.data.reason, closedOn: e.data.closedOn, changedAt: e.at })),
  on(OpportunityReopened, ({ closedOn: _, reason: __, ...deal }, e) => ({ ...deal, status: 'open' as const, open: true, changedAt: e.at })),
);

const totals = { open: Count, openValue: Sums, won: Count, wonValue: Sums, lost: Count, lastClosedOn: Optional(Day) };
type Deal = { status: string; value?: Money; closedOn?: string };

function total(deals: Deal[]) {
  const having = (status: string) => deals.filter((deal) => deal.status === status);
  const valued = (list: Deal[]) => sums(list.flatMap((deal) => deal.value ?? []));
  const closed = deals.flatMap((deal) => deal.closedOn ?? []).sort();
  return { open: having('open').length, openValue: valued(having('open')), won: having('won').length, wonValue: valued(having('won')), lost: having('lost').length, lastClosedOn: closed.at(-1) };
}

/** What a company has bought and may buy, over all members of a merged one. */
export const accountDeals = summary('contacts.account-deals', { id: Ref('contacts.account'), ...totals }, { version: 1, access: { of: 'id' }, from: { deals: by(dealRow, 'accountId') } }, (id, { deals }) => ({ id, ...total(deals) }));

/** The same of a person. */
export const contactDeals = summary('contacts.contact-deals', { id: Ref('contacts.contact'), ...totals }, { version: 1, access: { of: 'id' }, from: { deals: by(dealRow, 'contactId') } }, (id, { deals }) => ({ id, ...total(deals) }));
