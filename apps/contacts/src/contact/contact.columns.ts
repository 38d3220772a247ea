import { LIFECYCLE_STAGES } from '#events/contacts/contact';
import {
  asChoice,
  asCountry,
  asEmail,
  asList,
  asPhone,
  asText,
  asZone,
  column,
  columns,
  emailKey,
  nameKey,
  refTo,
  said,
  type Named,
} from '#records';
import { userKey } from '#service';
import { accountCard } from '../account/account-views.ts';
import { isoCountry } from '../channels.ts';
import { withAddress, withCustom, withEmails, withPhones, withTags } from '../channels.columns.ts';
import { userName } from '../user-name.ts';
import type { Contact } from './contact.ts';
import { contactCard } from './contact-views.ts';

/** People in files. A company that is named and not there comes about by being named; one's own records alone are recognised. */
export const contactColumns = columns(
  {
    externalId: column('External id', asText(100), 'contact id', 'record id', 'customer id'),
    name: column('Name', asText(200), 'full name', 'contact name', 'contact'),
    givenName: column('Given name', asText(100), 'first name', 'firstname', 'forename'),
    familyName: column('Family name', asText(100), 'last name', 'lastname', 'surname'),
    email: column('E-mail', asEmail, 'email', 'email address', 'e-mail address', 'primaryEmail', 'e-mail 1 - value'),
    email2: column('Second e-mail', asEmail, 'secondary email', 'email 2', 'other email', 'e-mail 2 - value'),
    phone: column('Telephone', asPhone, 'phone', 'phone number', 'work phone', 'business phone', 'telephone number'),
    mobile: column('Mobile', asPhone, 'mobile phone', 'mobile phone number', 'cell', 'cell phone'),
    jobTitle: column('Job title', asText(150), 'title', 'position', 'job'),
    account: refTo<Named>(
      'Account',
      {
        view: accountCard,
        by: 'nameKeys',
        list: true,
        key: nameKey,
        make: { kind: 'contacts.account', command: 'create', data: (name) => ({ name, ownerId: null }) },
      },
      'company',
      'company name',
      'account name',
      'organisation',
      'organization',
      'employer',
      'accountId',
    ),
    owner: refTo<Named>('Owner', { view: userName, by: 'keys', list: true, key: userKey }, 'contact owner', 'assigned to', 'ownerId'),
    language: column('Language', asText(35), 'locale', 'preferred language'),
    zone: column('Time zone', asZone, 'timezone'),
    street: column('Street', asText(300), 'street address', 'address', 'mailing street', 'address line 1'),
    city: column('City', asText(120), 'town', 'mailing city'),
    region: column('Region', asText(120), 'state', 'state/region', 'province', 'mailing state'),
    postalCode: column('Postal code', asText(30), 'zip', 'zip code', 'postcode', 'mailing zip'),
    country: column('Country', asCountry, 'country/region', 'mailing country'),
    tags: column('Tags', asList(60), 'labels', 'categories'),
    source: column('Source', asText(100), 'lead source', 'original source'),
    lifecycleStage: column('Lifecycle stage', asChoice(LIFECYCLE_STAGES), 'lifecycle', 'status'),
  },
  {
    keys: {
      externalId: { view: contactCard, field: 'externalId', key: (text) => text },
      email: { view: contactCard, field: 'emailKeys', list: true, key: emailKey },
    },
    custom: true,
    steps: (row, was: Contact | undefined, setting) => {
      const { email, email2, phone, mobile, account, owner, street, city, region, postalCode, country, tags, custom, ...plain } = row;
      const home = isoCountry(country) ?? isoCountry(was?.addresses[0]?.country) ?? setting.country;
      const data = said({
        ...plain,
        accountId: account?.id,
        ownerId: owner?.id,
        emails: withEmails(was?.emails, [email, email2]),
        phones: withPhones(
          was?.phones,
          [
            { number: phone, type: 'work' },
            { number: mobile, type: 'mobile' },
          ],
          home,
        ),
        addresses: withAddress(was?.addresses, { street, city, region, postalCode, country }),
        tags: withTags(was?.tags, tags),
        custom: withCustom(was?.custom, custom),
      });
      return [{ command: was ? 'change' : 'create', data }];
    },
  },
);
