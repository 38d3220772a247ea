import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { resourceOf, viewOf, type Kind } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { countQuery, useList } from '../../queries/lists.ts';
import { useHidden, useMay, useMe } from '../../queries/me.ts';
import { usePaletteActions } from '../../shell/palette/open.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Empty } from '../empty.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { useFieldTexts } from '../filter/use-sentence.tsx';
import { Icon } from '../icon.tsx';
import { ProblemNotice, useProblemTexts } from '../notice.tsx';
import { Page } from '../page.tsx';
import { useIsPage, useRecordPath } from '../record-name.tsx';
import type { Column, Layout } from '../table/columns.ts';
import { ColumnsMenu } from '../table/columns-menu.tsx';
import { DataTable } from '../table/data-table.tsx';
import { useSelection } from '../table/selection.ts';
import { exportList } from './bulk.ts';
import { BulkActs } from './bulk-acts.tsx';
import type { EditableField } from './field-dialog.tsx';
import css from './list.module.css';
import { ChangedMeanwhile, useEditRow } from './use-edit-row.ts';
import { useListState, type UsualView } from './use-list-state.ts';
import { ThumbButton } from '../thumb-button.tsx';
import { ViewTabs } from './view-tabs.tsx';
import type { ListWords } from './words.ts';

type Row = { id: string; name: string };

/**
 * A list of records as a page: views, filters, columns, editing in place, many at once, making one in a drawer.
 *
 * `further`: views that are always there besides all, mine and those changed last. `bulk`: what can be set for many. `createKey`: the key that makes
 * one. `create`: the drawer for it. `card`: a row on a phone.
 */
export function RecordList<R extends Row>({
  kind,
  words: t,
  columns,
  layout,
  further = [],
  bulk,
  createKey,
  create: Create,
  card,
}: {
  kind: Kind;
  words: ListWords;
  columns: readonly Column<R>[];
  layout: Layout;
  further?: readonly UsualView[];
  bulk: readonly EditableField[];
  createKey?: string;
  create: (props: { opened: boolean; onClose: () => void }) => ReactNode;
  card: (row: R) => ReactNode;
}) {
  const [parts, me, may, acts] = [usePartTexts(), useMe(), useMay(), useActs()];
  const [fieldOf, say, pathOf, format] = [useFieldTexts(), useProblemTexts(), useRecordPath(), useFormat()];
  const usual = useMemo(
    () => [
      { id: 'all', name: t('viewAll'), sort: 'name' },
      { id: 'mine', name: t('viewMine'), filter: `ownerId eq ${JSON.stringify(me.id)}`, sort: 'name' },
      ...further,
      { id: 'recent', name: t('viewRecent'), sort: '-changedAt' },
    ],
    [t, me.id, further],
  );
  const state = useListState(kind, usual, layout);
  const list = useList(kind, state.asked);
  const count = useQuery(countQuery(kind, state.asked)).data;
  const hidden = useHidden(kind);
  const edit = useEditRow(kind, (field, name) => t('fieldChanged', { field: fieldOf(field), name }));
  const { selection, set: select, clear } = useSelection();
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();

  const create = may('create', kind) ? () => setMaking(true) : undefined;
  const open = (row: R) => {
    const path = pathOf(kind, row.id);
    visited(kind, row.id);
    if (path) void navigate({ to: path });
  };
  const download = () => void exportList(kind, state.asked, t('file')).catch(acts.refused);
  useShortcuts(create && createKey ? [{ keys: createKey, run: create, says: t('new') }] : []);
  usePaletteActions(create ? [{ id: `new-${kind}`, text: t('new'), icon: 'plus', keys: createKey, run: create }] : []);

  const isFiltered = state.asked.filter !== undefined || state.asked.search !== undefined;
  const empty = isFiltered ? (
    <Empty level={2} title={t('noneMatch')} acts={<Button onClick={() => state.open('all')}>{t('showAll')}</Button>}>
      {t('noneMatchHint')}
    </Empty>
  ) : (
    <Empty
      level={2}
      title={t('noneYet')}
      acts={
        create && (
          <>
            <Button variant="filled" onClick={create}>
              {t('new')}
            </Button>
            {may('import', kind) && <ImportLink kind={kind} text={t('import')} />}
          </>
        )
      }
    >
      {t('noneYetHint')}
    </Empty>
  );
  return (
    <Page title={t('title')} fill>
      <div className={css.top}>
        <ViewTabs state={state} label={t('views')} />
        <div className={`${css.acts} desk-only`}>
          {may('import', kind) && <ImportLink kind={kind} text={t('import')} subtle />}
          {may('export', kind) && (
            <Button variant="subtle" leftSection={<Icon name="export" />} onClick={download}>
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
        </div>
      </div>
      <div className={css.tools}>
        <FilterBar
          view={viewOf(kind)}
          filter={state.filter}
          onFilter={state.setFilter}
          search={state.asked.search}
          onSearch={state.setSearch}
          hidden={hidden}
          matching={
            count && (count.endsWith('+') ? parts('matchingMany', { count: format.count(count) }) : parts('matching', { n: Number(count) }))
          }
        />
        <span className="desk-only">
          <ColumnsMenu columns={columns} layout={state.layout} usual={layout} onLayout={state.setLayout} />
        </span>
      </div>
      {list.error ? (
        <ProblemNotice error={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('title')}
          kind={kind}
          rows={list.rows as unknown as R[]}
          columns={columns}
          layout={state.layout}
          onLayout={state.setLayout}
          sort={state.asked.sort}
          onSort={state.setSort}
          nameOf={(row) => row.name}
          loading={list.isPending}
          hasMore={list.hasNextPage}
          onMore={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage();
          }}
          count={count}
          selection={selection}
          onSelect={select}
          onOpen={open}
          onEdit={may('change', kind) ? edit : undefined}
          sayRefusal={(error) => {
            if (error instanceof ChangedMeanwhile)
              return parts('conflictSaid', { now: String(error.now ?? parts('none')), mine: String(error.mine ?? parts('none')) });
            const { title, detail } = say(error);
            return `${title} ${detail ?? ''}`;
          }}
          card={card}
          empty={empty}
        />
      )}
      <BulkActs
        kind={kind}
        words={t}
        fields={bulk}
        selection={selection}
        asked={state.asked}
        count={count ?? '0'}
        onAll={() => select({ ids: selection.ids, all: true })}
        onClear={clear}
      />
      {create && <ThumbButton label={t('new')} onClick={create} />}
      <Create opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

/** To the import wizard, where there is one. */
function ImportLink({ kind, text, subtle = false }: { kind: Kind; text: string; subtle?: boolean }) {
  const isPage = useIsPage();
  const path: string = `/import/${resourceOf(kind)}`;
  if (!isPage('/import/$kind')) return null;
  return (
    <Button component={Link} to={path} variant={subtle ? 'subtle' : 'default'} leftSection={<Icon name="import" />}>
      {text}
    </Button>
  );
}
