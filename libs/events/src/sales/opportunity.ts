import { changed, Count, Custom, Day, defineEvent, Id, lifecycle, Money, Optional, personal, Ref, Struct, Text } from '#model';

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

export const OpportunityOpened = defineEvent('sales.opportunity.opened', { ...fields, pipelineId: Ref('sales.pipeline'), stageId: Id, openedOn: Day, note: Optional(personal(Text, 'contactId')) });
export const OpportunityStageMoved = defineEvent('sales.opportunity.stage-moved', { from: Id, to: Id });
export const OpportunityChanged = changed('sales.opportunity.changed', fields);

export const LineShape = Struct({ lineId: Id, productId: Ref('sales.product'), quantity: Count, price: Money });
export const LineAdded = defineEvent('sales.opportunity.line-added', { lineId: Id, productId: Ref('sales.product'), quantity: Count, price: Money });
export const LineChanged = defineEvent('sales.opportunity.line-changed', { lineId: Id, from: Struct({ quantity: Count, price: Money }), to: Struct({ quantity: Count, price: Money }) });
export const LineRemoved = defineEvent('sales.opportunity.line-removed', { lineId: Id, productId: Ref('sales.product'), quantity: Count, price: Money });

export const OpportunityWon = defineEvent('sales.opportunity.won', { value: Optional(Money), closedOn: Day });
export const OpportunityLost = defineEvent('sales.opportunity.lost', { reason: Text, closedOn: Day });
export const OpportunityReopened = defineEvent('sales.opportunity.reopened', {});
export const [OpportunityRemoved, OpportunityRestored, OpportunityErased] = lifecycle('sales.opportunity');
