import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { viewOf, type User } from '../../../api/kinds.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FilterBar } from '../../../parts/filter/filter-bar.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ImportLink } from '../../../parts/import-link.tsx';
import { exportList } from '../../../parts/list/bulk.ts';
import list from '../../../parts/list/list.module.css';
import { useListState } from '../../../parts/list/use-list-state.ts';
import { ViewTabs } from '../../../parts/list/view-tabs.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { ColumnsMenu } from '../../../parts/table/columns-menu.tsx';
import { DataTable } from '../../../parts/table/data-table.tsx';
import { useSelection } from '../../../parts/table/selection.ts';
import { countQuery, useList } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { usePaletteActions } from '../../../shell/palette/open.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { BulkActs } from './bulk-acts.tsx';
import { NewPerson } from './new-person.tsx';
import { SignInBadge, USUAL_LAYOUT, usePeopleColumns } from './people-columns.tsx';
import own from './people.module.css';

export const route = createLazyRoute('/shell/settings/people')({ component: People });

const KIND = 'workspace.user';

/** Who works here: views, filters, columns, many at once. */
function People() {
  const [t, settings, parts, may, acts] = [usePeopleTexts(), useSettingsTexts(), usePartTexts(), useMay(), useActs()];
  const fieldOf = useFieldTexts();
  const usual = useMemo(
    () => [
      { id: 'active', name: t('viewActive'), filter: 'active eq true', sort: 'name' },
      { id: 'outside', name: t('viewNoSignIn'), filter: 'active eq true and signIn ne "ready"', sort: 'name' },
      { id: 'left', name: t('viewLeft'), filter: 'active eq false', sort: 'name' },
      { id: 'all', name: t('viewAll'), sort: 'name' },
    ],
    [t],
  );
  const state = useListState(KIND, usual, USUAL_LAYOUT);
  const people = useList(KIND, state.asked);
  const count = useQuery(countQuery(KIND, state.asked)).data;
  const columns = usePeopleColumns();
  const { selection, set: select, clear } = useSelection();
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const create = may('manage', KIND) ? () => setMaking(true) : undefined;
  useShortcuts(create ? [{ keys: 'KeyC', run: create, says: t('new') }] : []);
  usePaletteActions(create ? [{ id: 'new-person', text: t('new'), icon: 'plus', keys: 'KeyC', run: create }] : []);
  const download = () => void exportList(KIND, state.asked, t('file')).catch(acts.refused);
  return (
    <SettingsPage
      title={settings('people')}
      about={settings('peopleAbout')}
      fill
      acts={
        <>
          {may('import', KIND) && <ImportLink resource="users" text={t('import')} subtle />}
          {may('export', KIND) && (
            <Button className="desk-only" variant="subtle" leftSection={<Icon name="export" />} onClick={download}>
              {parts('export')}
            </Button>
          )}
          {create && (
            <Button variant="filled" leftSection={<Icon name="plus" />} onClick={create}>
              {t('new')}
            </Button>
          )}
        </>
      }
    >
      <div className={own.list}>
        <div className={list.top}>
          <ViewTabs state={state} label={t('views')} />
        </div>
        <div className={list.tools}>
          <FilterBar
            view={viewOf(KIND)}
            filter={state.filter}
            onFilter={state.setFilter}
            search={state.asked.search}
            onSearch={state.setSearch}
            matching={count && parts('matching', { n: Number.parseInt(count, 10) })}
          />
          <span className="desk-only">
            <ColumnsMenu columns={columns} layout={state.layout} usual={USUAL_LAYOUT} onLayout={state.setLayout} />
          </span>
        </div>
        {people.error ? (
          <ProblemNotice error={people.error} again={() => void people.refetch()} />
        ) : (
          <DataTable
            label={settings('people')}
            kind={KIND}
            rows={people.rows}
            columns={columns}
            layout={state.layout}
            onLayout={state.setLayout}
            sort={state.asked.sort}
            onSort={state.setSort}
            nameOf={(row) => row.name}
            loading={people.isPending}
            hasMore={people.hasNextPage}
            onMore={() => {
              if (!people.isFetchingNextPage) void people.fetchNextPage();
            }}
            count={count}
            selection={selection}
            onSelect={create ? select : undefined}
            onOpen={(row) => void navigate({ to: '/settings/people/$id', params: { id: row.id } })}
            card={(row) => <PersonCard row={row} team={fieldOf('teamId')} />}
            empty={
              <Empty title={t('noneMatch')} acts={<Button onClick={() => state.open('all')}>{t('showAll')}</Button>}>
                {t('noneMatchHint')}
              </Empty>
            }
          />
        )}
      </div>
      <BulkActs
        selection={selection}
        asked={state.asked}
        count={count ?? '0'}
        onAll={() => select({ ids: selection.ids, all: true })}
        onClear={clear}
      />
      <NewPerson opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

function PersonCard({ row }: { row: User; team: string }) {
  return (
    <>
      <Avatar id={row.id} name={row.name} size="md" />
      <span className={own.two}>
        <b className="ellipsis">
          <bdi>{row.name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          {row.email && <bdi>{row.email}</bdi>}
          {row.email && row.teamId ? ' · ' : ''}
          {row.teamId && <RecordName kind="workspace.team" id={row.teamId} plain />}
        </span>
      </span>
      <SignInBadge user={row} />
    </>
  );
}
