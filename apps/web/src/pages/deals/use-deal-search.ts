import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * How deals are looked at, as the address says it: `at` a past day (`known`: only what was known then), whose deals, and what else they must be.
 * `stage`: the column a phone shows; `month`: the calendar's.
 */
export type DealSearch = {
  at?: string;
  known?: string;
  pipeline?: string;
  owner?: string;
  filter?: string;
  search?: string;
  sort?: string;
  stage?: string;
  month?: string;
};

/** What was asked, and how to ask otherwise. What is typed or picked again and again makes no history of its own. */
export function useDealSearch(): [DealSearch, (patch: DealSearch) => void] {
  const search: DealSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (patch: DealSearch) =>
      void navigate({
        to: '.',
        search: ((before: DealSearch) => ({ ...before, ...patch })) as never,
        replace: !('at' in patch || 'pipeline' in patch),
      }),
    [navigate],
  );
  return [search, change];
}
