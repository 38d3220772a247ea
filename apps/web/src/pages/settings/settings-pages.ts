import { SERVICES } from '../../api/fields.ts';
import type en from '../../texts/settings/en.ts';
import type { PlainKey } from '../../texts/texts.ts';
import type { IconName } from '../../parts/icon.tsx';

type Key = PlainKey<typeof en>;
type Holds = (ability: string, kind: string, everywhere?: 'everywhere') => boolean;
type Group = 'groupMe' | 'groupCompany' | 'groupSales' | 'groupData' | 'groupInside';

/** A page of settings. `title`, `${title}About` and `${title}Words` are its texts; the words are what it is also found by. `for`: whose role it is for. */
export type SettingsPage = { to: string; title: Key; about: Key; words: Key; group: Group; icon: IconName; for: (holds: Holds) => boolean };

const IMPORTED = ['contacts.contact', 'contacts.account', 'sales.product', 'sales.opportunity', 'workspace.user'];
export type Service = (typeof SERVICES)[number];

/** The pages of settings, in the order they stand. */
export const SETTINGS_PAGES: readonly SettingsPage[] = [
  page('profile', 'groupMe', 'person', () => true),
  page('company', 'groupCompany', 'building', (holds) => holds('manage', 'workspace.tenant')),
  page('people', 'groupCompany', 'users', (holds) => holds('manage', 'workspace.user')),
  page('teams', 'groupCompany', 'people', (holds) => holds('manage', 'workspace.team')),
  page('roles', 'groupCompany', 'lock', (holds) => holds('manage', 'workspace.role')),
  page('pipelines', 'groupSales', 'board', (holds) => holds('change', 'sales.pipeline')),
  page('keys', 'groupData', 'key', (holds) => holds('create', 'workspace.api-key')),
  page('imports', 'groupData', 'import', (holds) => IMPORTED.some((kind) => holds('import', kind))),
  page('audit', 'groupData', 'history', (holds) => SERVICES.some((service) => holdsAny(holds, service))),
  page('streams', 'groupInside', 'stream', (holds) => SERVICES.some((service) => holds('events.read', service, 'everywhere'))),
  page('system', 'groupInside', 'health', (holds) => SERVICES.some((service) => holds('manage', service, 'everywhere'))),
];

function page(
  name: 'profile' | 'company' | 'people' | 'teams' | 'roles' | 'pipelines' | 'keys' | 'imports' | 'audit' | 'streams' | 'system',
  group: Group,
  icon: IconName,
  who: SettingsPage['for'],
): SettingsPage {
  return { to: `/settings/${name}`, title: name, about: `${name}About`, words: `${name}Words`, group, icon, for: who };
}

/** What can be read in a service: its audit trail is asked of those alone. */
const KINDS: Record<Service, readonly string[]> = {
  workspace: ['workspace', 'workspace.user', 'workspace.team', 'workspace.role', 'workspace.tenant', 'workspace.api-key', 'workspace.view'],
  contacts: ['contacts', 'contacts.contact', 'contacts.account', 'contacts.activity'],
  sales: ['sales', 'sales.opportunity', 'sales.product', 'sales.pipeline'],
  analytics: ['analytics'],
};
export const holdsAny = (holds: Holds, service: Service): boolean => KINDS[service].some((kind) => holds('read', kind));

/** The page an address belongs to. */
export const settingsPageAt = (path: string): SettingsPage | undefined =>
  SETTINGS_PAGES.find(({ to }) => path === to || path.startsWith(`${to}/`));
