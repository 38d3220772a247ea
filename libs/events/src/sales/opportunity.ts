import { changed, Count, Custom, Day, defineEvent, Id, lifecycle, Money, OneOf, Optional, personal, Ref, Struct, Text } from '#model';

const fields = {
  name: Text,
  accountId: Optional(Ref('contacts.account')),
  contactId: Optional(Ref('contacts.contact')),
  ownerId: Ref('workspace.user'),
  value: Optional(Money),
  expectedCloseOn: Optional(Day),
  source: Optional(Text),
  externalId: Optional(Text),
  custom: Optional(Custom),
};

export const OpportunityOpened = defineEvent('sales.opportunity.opened', {
  ...fields,
  pipelineId: Ref('sales.pipeline'),
  stageId: Id,
  openedOn: Day,
  note: Optional(personal(Text, 'contactId')),
});
export const OpportunityStageMoved = defineEvent('sales.opportunity.stage-moved', { from: Id, to: Id });
export const OpportunityChanged = changed('sales.opportunity.changed', fields);

const line = { lineId: Id, productId: Ref('sales.product'), quantity: Count, price: Money };
/** `price` per piece. */
export const LineShape = Struct(line);
/** `place`: how many lines stand before it; at the end when absent. */
export const LineAdded = defineEvent('sales.opportunity.line-added', { ...line, place: Optional(Count) });
export const LineChanged = defineEvent('sales.opportunity.line-changed', {
  lineId: Id,
  from: Struct({ quantity: Count, price: Money }),
  to: Struct({ quantity: Count, price: Money }),
});
export const LineRemoved = defineEvent('sales.opportunity.line-removed', { ...line, place: Optional(Count) });

/** `value`: what it was closed at; what the deal was worth before stays known, for it may be opened again. */
export const OpportunityWon = defineEvent('sales.opportunity.won', { value: Optional(Money), closedOn: Day });
export const OpportunityLost = defineEvent('sales.opportunity.lost', { reason: Text, closedOn: Day });
/** What it was before travels along, so that this too can be taken back. */
export const OpportunityReopened = defineEvent('sales.opportunity.reopened', {
  was: Optional(OneOf('won', 'lost')),
  value: Optional(Money),
  closedOn: Optional(Day),
  reason: Optional(Text),
});
export const [OpportunityRemoved, OpportunityRestored, OpportunityErased] = lifecycle('sales.opportunity');
