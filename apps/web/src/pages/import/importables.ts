import { useMay } from '../../queries/me.ts';
import type { IconName } from '../../parts/icon.tsx';

/** What comes in files: the address and name of each, what it makes, and how its columns are written. */
export const IMPORTABLES = [
  { resource: 'accounts', kind: 'contacts.account', icon: 'building', list: '/accounts' },
  { resource: 'contacts', kind: 'contacts.contact', icon: 'people', list: '/contacts' },
  { resource: 'products', kind: 'sales.product', icon: 'product', list: '/products' },
  { resource: 'opportunities', kind: 'sales.opportunity', icon: 'deal', list: '/deals/board' },
  { resource: 'users', kind: 'workspace.user', icon: 'users', list: '/settings/people' },
] as const satisfies readonly { resource: string; kind: string; icon: IconName; list: string }[];

export type Importable = (typeof IMPORTABLES)[number];
export type ImportResource = Importable['resource'];

/** Deals are called so in addresses; the API calls them opportunities. */
export const importableOf = (name: string): Importable | undefined =>
  IMPORTABLES.find(({ resource }) => resource === (name === 'deals' ? 'opportunities' : name));
export const importPath = ({ resource }: Pick<Importable, 'resource'>) => `/import/${resource === 'opportunities' ? 'deals' : resource}`;

/** What this role may import. */
export function useImportables(): readonly Importable[] {
  const may = useMay();
  return IMPORTABLES.filter(({ kind }) => may('import', kind));
}

/** Fields of amounts, of days, of telephone numbers: by them a file is asked for its currency, its order of day and month, its country. */
export const MONEY = ['revenue', 'price', 'value'];
export const DAYS = ['openedOn', 'closedOn'];
export const PHONES = ['phone', 'mobile'];
/** Whose records take fields of one's own. */
export const TAKES_OWN_FIELDS: readonly ImportResource[] = ['contacts', 'accounts', 'opportunities', 'products'];
