import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { sourcesOf, takeNewest, wanting, type Source } from '../audit/merged.ts';

/** What files are loaded into: the address of each, its kind and the service that undoes it. */
export const IMPORTED = [
  { resource: 'contacts', kind: 'contacts.contact', service: 'contacts' },
  { resource: 'accounts', kind: 'contacts.account', service: 'contacts' },
  { resource: 'products', kind: 'sales.product', service: 'sales' },
  { resource: 'opportunities', kind: 'sales.opportunity', service: 'sales' },
  { resource: 'users', kind: 'workspace.user', service: 'workspace' },
] as const;
export type Resource = (typeof IMPORTED)[number]['resource'];

export type Import = Schemas['view.contacts.batch-row'] & { resource: string };
type Dated = Import & { recordedAt: string };
type Page = { items: Import[]; sources: Source<Dated>[] };

const SHOWN = 50;
const BUSY: readonly Import['status'][] = ['checking', 'running'];
const ASKED_EVERY = 2_000;

/** Imports of several kinds together, newest first; asked for again while one is at work. */
export const importsQuery = (resources: readonly Resource[]) =>
  infiniteQueryOptions({
    queryKey: ['imports', resources],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const read = await Promise.all(
        wanting(pageParam).map(async (source): Promise<Source<Dated>> => {
          const asked = { sort: '-createdAt', limit: SHOWN, cursor: source.cursor };
          const { data, next } = await api.read<Import[]>(`/${source.service}/imports`, asked, { signal });
          const left = data.map((one) => ({ ...one, recordedAt: one.createdAt }));
          return { service: source.service, left, cursor: next, done: next === undefined };
        }),
      );
      const sources = pageParam.map((source) => read.find(({ service }) => service === source.service) ?? source);
      const { taken, sources: left } = takeNewest(sources, SHOWN);
      return { items: taken, sources: left };
    },
    initialPageParam: sourcesOf<Dated>(resources),
    getNextPageParam: ({ sources }: Page) => (sources.some(({ done, left }) => !done || left.length > 0) ? sources : undefined),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => BUSY.includes(status))) ? ASKED_EVERY : false,
    meta: { kinds: ['contacts.batch', 'sales.batch', 'workspace.batch'] },
  });
