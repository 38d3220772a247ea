import type { IconName } from '../parts/icon.tsx';
import type en from '../texts/shell/en.ts';
import type { PlainKey } from '../texts/texts.ts';

/**
 * The areas of the product that have a place in the rail, in its order. One is shown when its page is among the routes, and when the role may read
 * what it shows. `key`: the second key after G. `phone`: one of the tabs below on a phone; the others are under More.
 */
export type Area = { to: string; name: PlainKey<typeof en>; icon: IconName; key: string; reads?: string; phone?: boolean; foot?: boolean };

export const AREAS: readonly Area[] = [
  { to: '/', name: 'home', icon: 'home', key: 'KeyH', phone: true },
  { to: '/contacts', name: 'contacts', icon: 'people', key: 'KeyC', reads: 'contacts.contact', phone: true },
  { to: '/accounts', name: 'accounts', icon: 'building', key: 'KeyA', reads: 'contacts.account' },
  { to: '/deals', name: 'deals', icon: 'board', key: 'KeyD', reads: 'sales.opportunity', phone: true },
  { to: '/products', name: 'products', icon: 'product', key: 'KeyP', reads: 'sales.product' },
  { to: '/figures/sales', name: 'figures', icon: 'chart', key: 'KeyF', reads: 'sales.opportunity', phone: true },
  { to: '/settings', name: 'settings', icon: 'settings', key: 'KeyS', foot: true },
];
