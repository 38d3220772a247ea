import { Link, useRouter } from '@tanstack/react-router';
import { useHolds } from '../queries/me.ts';
import { useName } from '../queries/names.ts';
import { usePartTexts } from '../texts/parts/index.ts';

/** Where a record has its page. */
const PAGES: Record<string, string> = {
  'contacts.contact': '/contacts/$id',
  'contacts.account': '/accounts/$id',
  'sales.opportunity': '/deals/$id',
  'sales.product': '/products/$id',
  'workspace.user': '/settings/people/$id',
  'workspace.team': '/settings/teams/$id',
  'workspace.role': '/settings/roles/$id',
  'sales.pipeline': '/settings/pipelines/$id',
};

/** What is set up has its page among the settings, for whoever looks after it. */
const SET_UP: Record<string, string> = {
  'workspace.user': 'manage',
  'workspace.team': 'manage',
  'workspace.role': 'manage',
  'sales.pipeline': 'change',
};

/** Where records of a kind are listed: to look one up where it has no page of its own. */
const LISTS: Record<string, string> = { 'contacts.contact': '/contacts', 'contacts.account': '/accounts', 'sales.product': '/products' };

/** The address of the list that shows a record by its name; undefined where there is none. */
export function useListPath(): (kind: string, name: string) => string | undefined {
  const isPage = useIsPage();
  return (kind, name) => {
    const list = LISTS[kind];
    return list && isPage(list) ? `${list}?search=${encodeURIComponent(name)}` : undefined;
  };
}

/** Whether an address is one of the pages: what leads to one that is not there is not offered. */
export function useIsPage(): (pattern: string) => boolean {
  const { routesByPath } = useRouter();
  return (pattern) => pattern in routesByPath;
}

/** The address of a record's page; undefined where its kind has none. */
export function useRecordPath(): (kind: string, id: string) => string | undefined {
  const { routesByPath } = useRouter();
  const holds = useHolds();
  return (kind, id) => {
    const page = PAGES[kind];
    const needed = SET_UP[kind];
    return page && page in routesByPath && (!needed || holds(needed, kind)) ? page.replace('$id', encodeURIComponent(id)) : undefined;
  };
}

/** A record by its name, leading to its page. `name`: where it is known already; else it is looked up, with all others of the moment. */
export function RecordName({
  kind,
  id,
  name,
  plain = false,
  className,
}: {
  kind: string;
  id: string | undefined;
  name?: string;
  plain?: boolean;
  className?: string;
}) {
  const t = usePartTexts();
  const pathOf = useRecordPath();
  const found = useName(kind, name === undefined ? id : undefined);
  const text = name ?? found;
  if (id === undefined) return <span className="faint">{t('none')}</span>;
  if (text === undefined) return <span className="faint">{t('loading')}</span>;
  if (text === null) return <span className="faint">{t('unseen')}</span>;
  const path = plain ? undefined : pathOf(kind, id);
  const shown = <bdi>{text === '' ? t('erased') : text}</bdi>;
  return path ? (
    <Link to={path} className={className}>
      {shown}
    </Link>
  ) : (
    <span className={className}>{shown}</span>
  );
}
