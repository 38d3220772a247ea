import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { resourceOf, viewOf, type Kind } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { countQuery, useList } from '../../queries/lists.ts';
import { useHidden, useMay } from '../../queries/me.ts';
import { useActs } from '../../shell/use-acts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Empty } from '../empty.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { Icon } from '../icon.tsx';
import { ImportLink } from '../import-link.tsx';
import { ProblemNotice, useProblemTexts } from '../notice.tsx';
import type { Column, Layout } from '../table/columns.ts';
import { ColumnsMenu } from '../table/columns-menu.tsx';
import { DataTable } from '../table/data-table.tsx';
import { useSelection } from '../table/selection.ts';
import { exportList } from './bulk.ts';
import css from './list.module.css';
import { ChangedMeanwhile } from './use-edit-row.ts';
import { useListState, type UsualView } from './use-list-state.ts';
import { ViewTabs } from './view-tabs.tsx';

type Words = (key: 'views' | 'new' | 'import' | 'file' | 'noneMatch' | 'noneMatchHint' | 'showAll') => string;

/** A list as a page shows it: how it is looked at, its rows, how many there are, and which are chosen (`chosen`, as what is done with many takes it). */
export function useListed<K extends Kind>(kind: K, usual: readonly UsualView[], usualLayout: Layout) {
  const [t, may] = [usePartTexts(), useMay()];
  const views = useMemo(
    () => (may('remove', kind) ? [...usual, { id: 'bin', name: t('bin'), removed: true }] : usual),
    [usual, kind, may, t],
  );
  const state = useListState(kind, views, usualLayout);
  const list = useList(kind, state.asked);
  const count = useQuery(countQuery(kind, state.asked)).data;
  const { selection, set: select, clear } = useSelection();
  const onAll = () => select({ ids: selection.ids, all: true });
  const chosen = { kind, selection, asked: state.asked, count: count ?? '0', onAll, onClear: clear };
  return { kind, state, list, count, selection, select, chosen };
}
export type Listed = Pick<ReturnType<typeof useListed>, 'kind' | 'state' | 'count' | 'selection' | 'select'> & {
  list: Pick<
    ReturnType<typeof useListed>['list'],
    'error' | 'refetch' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
};

/** What is done with a whole list: fill it from a file, save it as one, and make a record of it where one may (`create`, by its key). */
export function ListActs({
  of: { kind, state },
  words: t,
  create,
  createKey,
}: {
  of: Listed;
  words: Words;
  create: (() => void) | undefined;
  createKey?: string;
}) {
  const [parts, may, acts] = [usePartTexts(), useMay(), useActs()];
  return (
    <>
      {may('import', kind) && <ImportLink resource={resourceOf(kind)} text={t('import')} subtle />}
      {may('export', kind) && !state.asked.removed && (
        <Button
          className="desk-only"
          variant="subtle"
          leftSection={<Icon name="export" />}
          onClick={() => void exportList(kind, state.asked, t('file')).catch(acts.refused)}
        >
          {parts('export')}
        </Button>
      )}
      {create && (
        <Button
          variant="filled"
          leftSection={<Icon name="plus" />}
          rightSection={createKey && <kbd className="on-accent">{createKey.replace('Key', '')}</kbd>}
          onClick={create}
        >
          {t('new')}
        </Button>
      )}
    </>
  );
}

/** The views of a list, and what is done with all of it. */
export function ListHead(props: Parameters<typeof ListActs>[0]) {
  return (
    <div className={css.top}>
      <ViewTabs state={props.of.state} label={props.words('views')} />
      <div className={`${css.acts} desk-only`}>
        <ListActs {...props} />
      </div>
    </div>
  );
}

/**
 * The rows of a list, with what narrows them down above: filters, search, columns.
 *
 * `label`: what the list is called, for those who hear it. `view`: what can be asked of it, where it differs from what its kind says. `before`: what stands before the filters. `onEdit`: keeps an edited value. `card`: a row on a phone. `fresh`: what is shown while there is none at all.
 */
export function ListTable<R extends { id: string; name: string }>({
  of: { kind, state, list, count, selection, select },
  label,
  rows,
  words: t,
  columns,
  view = viewOf(kind),
  before,
  tools = '',
  isChosen = true,
  onOpen,
  onEdit,
  card,
  fresh,
}: {
  of: Listed;
  label: string;
  rows: readonly R[];
  words: Words;
  columns: readonly Column<R>[];
  view?: ReturnType<typeof viewOf>;
  before?: ReactNode;
  tools?: string;
  isChosen?: boolean;
  onOpen: (row: R) => void;
  onEdit: ((row: R, field: string, value: unknown) => Promise<unknown>) | undefined;
  card: (row: R) => ReactNode;
  fresh?: ReactNode;
}) {
  const [parts, format, say, hidden] = [usePartTexts(), useFormat(), useProblemTexts(), useHidden(kind)];
  const sayRefusal = (error: unknown) => {
    if (error instanceof ChangedMeanwhile)
      return parts('conflictSaid', { now: String(error.now ?? parts('none')), mine: String(error.mine ?? parts('none')) });
    const { title, detail } = say(error);
    return `${title} ${detail ?? ''}`;
  };
  const matching =
    count && (count.endsWith('+') ? parts('matchingMany', { count: format.count(count) }) : parts('matching', { n: Number(count) }));
  const inBin = state.asked.removed === true;
  const none = inBin ? (
    <Empty level={2} title={parts('binEmpty')}>
      {parts('binEmptyHint')}
    </Empty>
  ) : (
    <Empty level={2} title={t('noneMatch')} acts={<Button onClick={() => state.open('all')}>{t('showAll')}</Button>}>
      {t('noneMatchHint')}
    </Empty>
  );
  return (
    <>
      <div className={`${css.tools} ${tools}`}>
        {before}
        {!inBin && (
          <FilterBar
            view={view}
            filter={state.filter}
            onFilter={state.setFilter}
            search={state.asked.search}
            onSearch={state.setSearch}
            hidden={hidden}
            matching={matching}
          />
        )}
        <span className="desk-only">
          <ColumnsMenu columns={columns} layout={state.layout} usual={state.usualLayout} onLayout={state.setLayout} />
        </span>
      </div>
      {list.error ? (
        <ProblemNotice error={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          label={label}
          kind={kind}
          rows={rows}
          columns={columns}
          layout={state.layout}
          onLayout={state.setLayout}
          sort={state.asked.sort}
          onSort={inBin ? undefined : state.setSort}
          nameOf={(row) => row.name}
          loading={list.isPending}
          hasMore={list.hasNextPage}
          onMore={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage();
          }}
          count={count}
          selection={selection}
          onSelect={isChosen ? select : undefined}
          onOpen={onOpen}
          onEdit={inBin ? undefined : onEdit}
          sayRefusal={sayRefusal}
          card={card}
          empty={(!inBin && fresh) || none}
        />
      )}
    </>
  );
}

/** A list that nothing was ever put into: what it is for, and how it begins. */
export function ListFresh({
  kind,
  words: t,
  create,
}: {
  kind: Kind;
  words: (key: 'noneYet' | 'noneYetHint' | 'new' | 'import') => string;
  create: (() => void) | undefined;
}) {
  const may = useMay();
  const acts = create && (
    <>
      <Button variant="filled" onClick={create}>
        {t('new')}
      </Button>
      {may('import', kind) && <ImportLink resource={resourceOf(kind)} text={t('import')} />}
    </>
  );
  return (
    <Empty level={2} title={t('noneYet')} acts={acts}>
      {t('noneYetHint')}
    </Empty>
  );
}
