import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/api.ts';
import { problemOf } from '../../../api/client.ts';

/** Which events are looked at, as the address says it. `tab`: `catalogue` for what types there are. */
export type StreamsSearch = { tab?: string; service?: string; type?: string; record?: string; who?: string; together?: string };

/** Looked back so far at first; further on demand. What is looked for closely is looked for from further back. */
const FIRST = 50;
const FIRST_OF_SOME = 10_000;
const FURTHER = 10;

/** The address of a service's feed with what is looked for. */
export function feedOf(service: string, { type, record, who, together }: StreamsSearch): string {
  const asked = { limit: '1000', types: type, touches: record, actor: who, correlation: together };
  const given = Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/services/${service}/events?${new URLSearchParams(given)}`;
}

/** How far back to look. `times`: how often it was asked to look further. */
export const lookBack = ({ type, record, who, together }: StreamsSearch, times: number): number =>
  (type || record || who || together ? FIRST_OF_SOME : FIRST) * FURTHER ** times;

/** How many events a service's log has: where its tail begins. */
export const headQuery = (service: string) =>
  queryOptions({
    queryKey: ['log-head', service],
    queryFn: async ({ signal }): Promise<number> => {
      const answer = await api.raw(`/services/${service}/events?limit=1`, { signal });
      if (!answer.ok) throw await problemOf(answer);
      // Only the head is wanted; what is not read would hold its connection.
      await answer.body?.cancel();
      return Number(answer.headers.get('rapport-head'));
    },
    staleTime: 0,
    gcTime: 0,
  });

/** A request as it is typed into a terminal; the key is put in by whoever runs it. */
export const curlOf = (path: string, accept = 'text/event-stream'): string =>
  `curl -N -H "Authorization: Bearer $RAPPORT_TOKEN" -H 'Accept: ${accept}' '${location.origin}/api/v1${path}'`;
