import { Module } from '@nestjs/common';
import { service } from '#service';
import { AccountController } from './account/account.controller.ts';
import { account } from './account/account.ts';
import { accountColumns } from './account/account.columns.ts';
import { accountCard, accountRow } from './account/account-views.ts';
import { ActivityController } from './activity/activity.controller.ts';
import { activity } from './activity/activity.ts';
import { activityRow } from './activity/activity-row.ts';
import { ContactController } from './contact/contact.controller.ts';
import { contact } from './contact/contact.ts';
import { contactColumns } from './contact/contact.columns.ts';
import { contactCard, contactRow } from './contact/contact-views.ts';
import { userName } from './user-name.ts';
import { AccountWhole, ContactWhole, Customer360, Lifeline } from './customer-360/customer-360.ts';
import { accountDeals, contactDeals, dealRow } from './customer-360/deal-row.ts';

@Module(
  service('contacts', {
    aggregates: { contacts: contact, accounts: account, activities: activity },
    projections: [contactRow, accountRow, activityRow, dealRow, userName],
    summaries: [contactCard, accountCard, contactDeals, accountDeals],
    columns: { contacts: contactColumns, accounts: accountColumns },
    views: { contacts: contactCard, accounts: accountCard, activities: activityRow },
    controllers: [ContactController, AccountController, ActivityController],
    providers: [Customer360],
    answers: {
      'GET /contacts/{id}/lifeline': Lifeline,
      'GET /accounts/{id}/lifeline': Lifeline,
      'GET /contacts/{id}/360': ContactWhole,
      'GET /accounts/{id}/360': AccountWhole,
    },
    journalOf: 'all',
  }),
)
export class ContactsModule {}
