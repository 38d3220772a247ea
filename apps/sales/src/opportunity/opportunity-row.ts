import {
  children,
  Count,
  Custom,
  Day,
  Flag,
  foldEvents,
  Id,
  Instant,
  List,
  minorOf,
  Money,
  on,
  OneOf,
  Optional,
  projection,
  Ref,
  Rough,
  start,
  Text,
  type Handler,
  type Recorded,
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
import { opportunity, valueOf, type Opportunity } from './opportunity.ts';

const later = [
  OpportunityStageMoved,
  OpportunityChanged,
  LineAdded,
  LineChanged,
  LineRemoved,
  OpportunityWon,
  OpportunityLost,
  OpportunityReopened,
];

type Deal = Opportunity & { id: string; note?: string; stageSince: string; createdAt: string; changedAt: string };

/** What is shown beside the state: what it is worth in whole minor units, so that boards add it up exactly, and as a number, so that lists sort by it. */
function shown(deal: Deal) {
  const value = valueOf(deal);
  return {
    ...deal,
    open: deal.status === 'open',
    worth: value,
    currency: value?.currency,
    worthMinor: value ? minorOf(value).toString() : undefined,
    worthAmount: value ? Number(value.amount) : undefined,
  };
}

/** The state folds on from the row, which has everything the state has: so what an event takes away is gone from the row as well. */
const moved = (deal: Deal, event: Recorded): Deal => ({
  ...(foldEvents(opportunity.evolve, deal, [event]) as Deal),
  stageSince: event.type === OpportunityStageMoved.type ? event.at : deal.stageSince,
  changedAt: event.at,
});

/** A deal as boards, lists and its own page show it. */
export const opportunityRow = projection(
  'sales.opportunity-row',
  {
    id: Id,
    name: Text,
    accountId: Optional(Ref('contacts.account')),
    contactId: Optional(Ref('contacts.contact')),
    ownerId: Ref('workspace.user'),
    pipelineId: Ref('sales.pipeline'),
    stageId: Id,
    stageSince: Instant,
    status: OneOf('open', 'won', 'lost'),
    open: Flag,
    value: Optional(Money),
    wonValue: Optional(Money),
    worth: Optional(Money),
    worthMinor: Optional(Text),
    worthAmount: Optional(Rough),
    currency: Optional(Text),
    lines: List(LineShape),
    openedOn: Day,
    expectedCloseOn: Optional(Day),
    closedOn: Optional(Day),
    reason: Optional(Text),
    source: Optional(Text),
    externalId: Optional(Text),
    note: Optional(Text),
    custom: Optional(Custom),
    createdAt: Instant,
    changedAt: Instant,
  },
  {
    version: 2,
    access: 'owner',
    indexes: [
      ['pipelineId', 'open', 'stageId'],
      ['stageId', 'open'],
      ['ownerId', 'open', 'stageId'],
      ['ownerId', 'name'],
      ['name'],
      ['status', 'closedOn'],
      ['status', 'name'],
      ['open', 'expectedCloseOn'],
      ['accountId', 'open'],
      ['contactId', 'open'],
      ['closedOn'],
      ['openedOn'],
      ['createdAt'],
      ['changedAt'],
      ['externalId'],
      ['currency'],
      ['stageSince'],
      ['worthAmount'],
      ['lines.productId'],
    ],
    words: ['name', 'externalId', 'source'],
    sums: ['worthMinor'],
  },
  start(OpportunityOpened, (e) => {
    const deal = foldEvents(opportunity.evolve, undefined, [e])!;
    return shown({ ...deal, id: e.recordId, note: e.data.note, stageSince: e.at, createdAt: e.at, changedAt: e.at });
  }),
  ...later.map((event): Handler<any> => on<Deal, string, any>(event, (deal, e) => shown(moved(deal, e)))),
);

/** What deals consist of, a document per line: which products are in which deals. */
export const opportunityLines = children(
  opportunityRow,
  'sales.opportunity-lines',
  {
    id: Id,
    opportunityId: Ref('sales.opportunity'),
    ownerId: Ref('workspace.user'),
    productId: Ref('sales.product'),
    quantity: Count,
    price: Money,
  },
  { access: 'owner', indexes: [['productId'], ['opportunityId']] },
  (deal) =>
    deal.lines.map(({ lineId, productId, quantity, price }) => ({
      id: lineId,
      opportunityId: deal.id,
      ownerId: deal.ownerId,
      productId,
      quantity,
      price,
    })),
);
