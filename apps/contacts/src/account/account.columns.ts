import {
  asCountry,
  asEmail,
  asList,
  asMoney,
  asPhone,
  asSuggestion,
  asText,
  asWhole,
  column,
  columns,
  nameKey,
  refTo,
  said,
  type Named,
} from '#records';
import { userKey } from '#service';
import { isoCountry } from '../channels.ts';
import { withAddress, withCustom, withEmails, withPhones, withTags } from '../channels.columns.ts';
import { userName } from '../user-name.ts';
import type { Account } from './account.ts';
import { accountCard } from './account-views.ts';
import { SECTORS } from './sectors.ts';

const exact = (text: string) => text;

/** Companies in files. A parent may stand later in the same file. */
export const accountColumns = columns(
  {
    externalId: column('External id', asText(100), 'account id', 'company id', 'record id'),
    name: column('Name', asText(200), 'account', 'account name', 'company', 'company name', 'organisation', 'organization'),
    website: column('Website', asText(300), 'web', 'url', 'company domain name', 'domain'),
    sector: column('Sector', asSuggestion(SECTORS), 'industry'),
    country: column('Country', asCountry, 'country/region', 'office location', 'billing country'),
    revenue: column('Revenue', asMoney, 'annual revenue', 'turnover'),
    employees: column('Employees', asWhole(0, 100_000_000), 'number of employees', 'headcount'),
    foundedIn: column('Founded in', asWhole(1000, 9999), 'year established', 'founded', 'year founded'),
    email: column('E-mail', asEmail, 'email', 'email address'),
    phone: column('Telephone', asPhone, 'phone', 'phone number', 'main phone'),
    street: column('Street', asText(300), 'street address', 'address', 'billing street'),
    city: column('City', asText(120), 'town', 'billing city'),
    region: column('Region', asText(120), 'state', 'state/region', 'province', 'billing state'),
    postalCode: column('Postal code', asText(30), 'zip', 'zip code', 'postcode', 'billing zip'),
    parent: refTo<Named>(
      'Parent company',
      { view: accountCard, by: 'nameKeys', list: true, key: nameKey, self: 'name' },
      'parent',
      'parent account',
      'subsidiary of',
      'parentId',
    ),
    owner: refTo<Named>('Owner', { view: userName, by: 'keys', list: true, key: userKey }, 'account owner', 'assigned to', 'ownerId'),
    tags: column('Tags', asList(60), 'labels', 'categories'),
    source: column('Source', asText(100), 'lead source'),
  },
  {
    keys: {
      externalId: { view: accountCard, field: 'externalId', key: exact },
      name: { view: accountCard, field: 'nameKeys', list: true, key: nameKey },
    },
    required: ['name'],
    custom: true,
    steps: (row, was: Account | undefined, setting) => {
      const { email, phone, street, city, region, postalCode, parent, owner, tags, custom, ...plain } = row;
      const lines = { street, city, region, postalCode };
      const data = said({
        ...plain,
        parentId: parent?.id,
        // Who imports a list of companies does not come to own them: they are everybody's until they are somebody's.
        ownerId: owner?.id ?? (was ? undefined : null),
        emails: withEmails(was?.emails, [email]),
        phones: withPhones(
          was?.phones,
          [{ number: phone, type: 'work' }],
          isoCountry(row.country) ?? isoCountry(was?.country) ?? setting.country,
        ),
        addresses: withAddress(was?.addresses, lines),
        tags: withTags(was?.tags, tags),
        custom: withCustom(was?.custom, custom),
      });
      return [{ command: was ? 'change' : 'create', data }];
    },
    link: (_, parentId) => ({ command: 'change', data: { parentId } }),
  },
);
