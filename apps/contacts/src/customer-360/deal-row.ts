import {
  by,
  Count,
  Day,
  Flag,
  Id,
  Instant,
  List,
  Money,
  OneOf,
  on,
  Optional,
  projection,
  Ref,
  start,
  summary,
  sums,
  Sums,
  Text,
  timesMoney,
} from '#model';
import {
  LineAdded,
  LineChanged,
  LineRemoved,
  LineShape,
  OpportunityChanged,
  OpportunityLost,
  OpportunityOpened,
  OpportunityReopened,
  OpportunityStageMoved,
  OpportunityWon,
} from '#events/sales/opportunity';

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
    wonValue: Optional(Money),
    worth: Optional(Money),
    lines: List(LineShape),
    openedOn: Day,
    closedOn: Optional(Day),
    expectedCloseOn: Optional(Day),
    reason: Optional(Text),
    changedAt: Instant,
  },
  {
    version: 1,
    access: 'owner',
    indexes: [
      ['accountId', 'open'],
      ['contactId', 'open'],
      ['ownerId', 'open'],
    ],
  },
  start(OpportunityOpened, (e) => valued({ ...e.data, id: e.recordId, lines: [], status: 'open' as const, open: true, changedAt: e.at })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to, changedAt: e.at })),
  on(OpportunityChanged, (deal, e) => valued({ ...OpportunityChanged.apply(deal, e), changedAt: e.at })),
  on(LineAdded, (deal, { at, data: { place, ...line } }) =>
    valued({ ...deal, lines: deal.lines.toSpliced(place ?? deal.lines.length, 0, line), changedAt: at }),
  ),
  on(LineChanged, (deal, { at, data }) =>
    valued({ ...deal, lines: deal.lines.map((line) => (line.lineId === data.lineId ? { ...line, ...data.to } : line)), changedAt: at }),
  ),
  on(LineRemoved, (deal, { at, data }) =>
    valued({ ...deal, lines: deal.lines.filter((line) => line.lineId !== data.lineId), changedAt: at }),
  ),
  on(OpportunityWon, (deal, e) =>
    valued({ ...deal, status: 'won' as const, open: false, wonValue: e.data.value, closedOn: e.data.closedOn, changedAt: e.at }),
  ),
  on(OpportunityLost, (deal, e) => ({
    ...deal,
    status: 'lost' as const,
    open: false,
    reason: e.data.reason,
    closedOn: e.data.closedOn,
    changedAt: e.at,
  })),
  on(OpportunityReopened, ({ closedOn: _, reason: __, wonValue: ___, ...deal }, e) =>
    valued({ ...deal, status: 'open' as const, open: true, changedAt: e.at }),
  ),
);

/** What a deal is worth: what it was won at, else the value it was given, else the sum of its lines. */
function valued<D extends { value?: Money; wonValue?: Money; lines: { quantity: number; price: Money }[] }>(
  deal: D,
): D & { worth?: Money } {
  return { ...deal, worth: deal.wonValue ?? deal.value ?? sums(deal.lines.map((line) => timesMoney(line.price, line.quantity)))[0] };
}

export const dealTotals = { open: Count, openValue: Sums, won: Count, wonValue: Sums, lost: Count, lastClosedOn: Optional(Day) };
type Deal = { status: string; worth?: Money; closedOn?: string };

/** What deals come to, per currency. */
export function totalOf(deals: readonly Deal[]) {
  const having = (status: string) => deals.filter((deal) => deal.status === status);
  const valued = (list: Deal[]) => sums(list.flatMap((deal) => deal.worth ?? []));
  const closed = deals.flatMap((deal) => deal.closedOn ?? []).sort();
  return {
    open: having('open').length,
    openValue: valued(having('open')),
    won: having('won').length,
    wonValue: valued(having('won')),
    lost: having('lost').length,
    lastClosedOn: closed.at(-1),
  };
}

/** What a company has bought and may buy, over all members of a merged one. */
export const accountDeals = summary(
  'contacts.account-deals',
  { id: Ref('contacts.account'), ...dealTotals },
  { version: 1, access: { of: 'id' }, from: { deals: by(dealRow, 'accountId') } },
  (id, { deals }) => ({ id, ...totalOf(deals) }),
);

/** The same of a person. */
export const contactDeals = summary(
  'contacts.contact-deals',
  { id: Ref('contacts.contact'), ...dealTotals },
  { version: 1, access: { of: 'id' }, from: { deals: by(dealRow, 'contactId') } },
  (id, { deals }) => ({ id, ...totalOf(deals) }),
);
