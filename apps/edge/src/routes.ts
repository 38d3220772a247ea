import type { Type } from '@nestjs/common';
import { partsOf, routesOf } from '#service';

/** Which service answers below which first part of a path under `/api/v1`: `opportunities` → sales, `services/sales` → sales. */
export type RouteTable = ReadonlyMap<string, string>;

/** What workspace answers outside of `/api/v1`: the built-in issuer, and how one comes in. */
export const OF_WORKSPACE = ['/oidc', '/api/welcome', '/api/join'];

/** The table of these services, from the routes their modules declare. */
export function routeTable(modules: readonly Type[]): RouteTable {
  const table = new Map<string, string>(modules.map((module) => [`services/${partsOf(module).service}`, partsOf(module).service]));
  for (const { service, path } of routesOf(modules)) {
    const [first] = path.slice(1).split('/') as [string];
    if (first !== 'services') table.set(first, service);
  }
  return table;
}

/** @param url path and query, from the root. @returns undefined where no service answers */
export function serviceOf(table: RouteTable, url: string): string | undefined {
  const [first = '', second = ''] = url
    .replace(/[?#].*$/s, '')
    .slice('/api/v1/'.length)
    .split('/');
  return table.get(first === 'services' ? `services/${second}` : first);
}
