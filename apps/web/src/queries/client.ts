import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, Unreachable } from '../api/problem.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Kinds of records whose change makes the answer stale; see live/changes.ts. */
      kinds?: readonly string[];
      /** Only a change of this record does. */
      id?: string;
      /** The list's own rows are renewed one by one, and what is new waits above: see live/rows.ts. */
      rows?: boolean;
    };
  }
}

/** Answers are right until a change is heard of; a page that comes back shows what it had and asks again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      refetchOnWindowFocus: false,
      // The client waits out what the server asks to wait for; what it refuses stays refused.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem) && !(error instanceof Unreachable),
      // A connection that the browser thinks is gone may still reach the server beside it; the service worker has the rest.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
