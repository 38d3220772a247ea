import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { viewOf, type Kind } from '../../api/kinds.ts';
import type { Asked } from '../../queries/lists.ts';
import { useSavedViews, type SavedView } from '../../queries/views.ts';
import { filterText, parseFilter, type Filter } from '../filter/filter.ts';
import type { Layout } from '../table/columns.ts';

/** A view that is always there. `filter` as lists take it; `removed`: of what was removed, in the order it was made. */
export type UsualView = { id: string; name: string; filter?: string; sort?: string; removed?: boolean };
/** How a list is looked at, as its address says it. */
export type ListSearch = { view?: string; filter?: string; search?: string; sort?: string; at?: string };

/**
 * How a list is looked at. It is all in the address, so that it can be sent and gone back to: the view, and what was changed of it. The columns are a
 * view's own; until it is saved again they are kept on this device.
 */
export function useListState(kind: Kind, usual: readonly UsualView[], usualLayout: Layout) {
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const saved = useSavedViews(kind);
  const mine: SavedView | undefined = saved.find(({ id }) => id === search.view);
  const view: UsualView = mine ?? usual.find(({ id }) => id === search.view) ?? usual[0]!;
  const filter = search.filter ?? view.filter ?? '';
  const sort = (search.sort ?? view.sort) || undefined;
  const [layout, setLayout] = useLayout(kind, view.id, mine && mine.columns.length > 0 ? mine.columns : usualLayout);
  const { fields } = viewOf(kind);
  const parsed = useMemo(() => parseFilter(filter, fields), [filter, fields]);
  // What is half written in the builder says nothing to the server yet, but stays where it is written.
  const [draft, setDraft] = useState<{ text: string; filter: Filter }>();
  const { removed } = view;
  const asked: Asked = useMemo(
    () => (removed ? { removed } : { filter: filter || undefined, search: search.search, sort }),
    [removed, filter, search.search, sort],
  );
  const change = useCallback(
    (patch: ListSearch) =>
      void navigate({
        to: '.',
        search: ((before: ListSearch) => ({ ...before, ...patch })) as never,
        replace: 'search' in patch || 'filter' in patch,
      }),
    [navigate],
  );
  return {
    kind,
    view,
    mine,
    usual,
    saved,
    asked,
    layout,
    usualLayout,
    setLayout,
    filter: draft?.text === filter ? draft.filter : (parsed ?? []),
    /** The filter says more than the builder can show. */
    foreign: parsed === undefined,
    setFilter(next: Filter) {
      const text = filterText(next) ?? '';
      setDraft({ text, filter: next });
      change({ filter: text });
    },
    setSearch: (text: string | undefined) => change({ search: text }),
    setSort: (next: string | undefined) => change({ sort: next ?? '' }),
    open: (id: string) => void navigate({ to: '.', search: { view: id } as never }),
    /** Something of the view is not as it is kept. */
    changed:
      filter !== (view.filter ?? '') || (sort ?? '') !== (view.sort ?? '') || (mine !== undefined && !sameLayout(layout, mine.columns)),
  };
}

export type ListState = ReturnType<typeof useListState>;

const sameLayout = (a: Layout, b: Layout) => JSON.stringify(a) === JSON.stringify(b);

function useLayout(kind: string, view: string, kept: Layout): [Layout, (layout: Layout) => void] {
  const key = `rapport.columns/${kind}/${view}`;
  const [local, setLocal] = useState<{ key: string; layout?: Layout }>({ key, layout: read(key) });
  // Another view is another layout.
  if (local.key !== key) setLocal({ key, layout: read(key) });
  const put = useCallback(
    (layout: Layout) => {
      localStorage.setItem(key, JSON.stringify(layout));
      setLocal({ key, layout });
    },
    [key],
  );
  return [(local.key === key ? local.layout : undefined) ?? kept, put];
}

const read = (key: string): Layout | undefined => JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
/** Once a view is saved, its columns are what was saved. */
export const forgetLayout = (kind: string, view: string): void => localStorage.removeItem(`rapport.columns/${kind}/${view}`);
