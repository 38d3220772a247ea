import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import { isKind, resourceOf } from '../../../api/kinds.ts';
import type { Schemas } from '../../../api/schema.ts';
import { endOfDay, startOfDay } from '../../../format/days.ts';
import { recordOf } from '../../../parts/history/events.ts';
import { typesFor } from './kinds-of-events.ts';
import { sourcesOf, takeNewest, wanting, type Source } from './merged.ts';

/** What is looked for in the audit trail, as its address says it. */
export type AuditSearch = { who?: string; about?: string; what?: string; from?: string; to?: string; together?: string; record?: string };

export type AuditItem = Schemas['HistoryItem'];
export type AuditPage = { items: AuditItem[]; sources: Source<AuditItem>[] };

const SHOWN = 100;
const EACH = 100;
/** A page that finds nothing asks again, but not for ever: then whoever looks is asked whether to go on. */
const MOST_ROUNDS = 12;

/** What is asked of each service. */
function askedOf(search: AuditSearch, zone: string): object {
  return {
    actor: search.who,
    types: typesFor(search.about, search.what)?.join(','),
    from: search.from && new Date(startOfDay(search.from, zone)).toISOString(),
    to: search.to && new Date(endOfDay(search.to, zone)).toISOString(),
  };
}

/** One page of several services' trails together, newest first. @param from where the page before had got to */
export async function auditPage(
  search: AuditSearch,
  zone: string,
  from: readonly Source<AuditItem>[],
  signal?: AbortSignal,
  limit = SHOWN,
): Promise<AuditPage> {
  let sources = [...from];
  const items: AuditItem[] = [];
  for (let round = 0; round < MOST_ROUNDS && items.length < limit; round++) {
    const empty = wanting(sources);
    const read = await Promise.all(empty.map((source) => next(search, zone, source, signal)));
    sources = sources.map((source) => read.find(({ service }) => service === source.service) ?? source);
    const { taken, sources: left } = takeNewest(sources, limit - items.length);
    items.push(...taken);
    sources = left;
    if (sources.every((source) => source.done && source.left.length === 0)) break;
  }
  return { items, sources };
}

async function next(search: AuditSearch, zone: string, source: Source<AuditItem>, signal?: AbortSignal): Promise<Source<AuditItem>> {
  const { record, together } = search;
  const { kind, id } = record ? recordOf(record) : { kind: '', id: '' };
  const path = record && isKind(kind) ? `/${resourceOf(kind)}/${encodeURIComponent(id)}/history` : `/services/${source.service}/audit`;
  const asked = { ...askedOf(search, zone), ...(record ? {} : { correlation: together }), limit: EACH, cursor: source.cursor };
  const { data, next: cursor } = await api.read<AuditItem[]>(path, asked, { signal });
  const left = record && together ? data.filter(({ correlation }) => correlation === together) : data;
  return { service: source.service, left, cursor, done: cursor === undefined };
}

/** Whether there is more to be had after a page. */
export const hasOlder = ({ sources }: AuditPage): boolean => sources.some(({ done, left }) => !done || left.length > 0);

export const auditQuery = (search: AuditSearch, zone: string, services: readonly string[]) =>
  infiniteQueryOptions({
    queryKey: ['audit', search, zone, services],
    queryFn: ({ pageParam, signal }) => auditPage(search, zone, pageParam, signal),
    initialPageParam: sourcesOf<AuditItem>(search.record ? [recordOf(search.record).kind.split('.')[0]!] : services),
    getNextPageParam: (page: AuditPage) => (hasOlder(page) ? page.sources : undefined),
    staleTime: 0,
  });
