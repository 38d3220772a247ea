import { Button } from '@mantine/core';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Contact } from '../../api/kinds.ts';
import { viewOf } from '../../api/kinds.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FilterBar } from '../../parts/filter/filter-bar.tsx';
import { useFieldTexts, useValueTexts } from '../../parts/filter/use-sentence.tsx';
import { Icon } from '../../parts/icon.tsx';
import { exportList } from '../../parts/list/bulk.ts';
import css from '../../parts/list/list.module.css';
import { useListState } from '../../parts/list/use-list-state.ts';
import { ViewTabs } from '../../parts/list/view-tabs.tsx';
import { ProblemNotice, useProblemTexts } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordName, useIsPage, useRecordPath } from '../../parts/record-name.tsx';
import { ColumnsMenu } from '../../parts/table/columns-menu.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useSelection } from '../../parts/table/selection.ts';
import { useFormat } from '../../format/use-format.ts';
import { countQuery, useList } from '../../queries/lists.ts';
import { useHidden, useMay, useMe } from '../../queries/me.ts';
import { usePaletteActions } from '../../shell/palette/open.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { useContactTexts } from '../../texts/contacts/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { BulkActs } from './bulk-acts.tsx';
import { ContactAside } from './contact-aside.tsx';
import { USUAL_LAYOUT, useContactColumns } from './contact-columns.tsx';
import own from './contacts.module.css';
import { NewContact } from './new-contact.tsx';
import { ChangedMeanwhile, useEditContact } from './use-edit-contact.ts';

export const route = createLazyRoute('/shell/contacts')({ component: Contacts });

const KIND = 'contacts.contact';

/** The list of contacts: views, filters, columns, editing in place, many at once. */
function Contacts() {
  const [t, parts, me, may, acts, format] = [useContactTexts(), usePartTexts(), useMe(), useMay(), useActs(), useFormat()];
  const [valueOf, fieldOf, say, pathOf] = [useValueTexts(), useFieldTexts(), useProblemTexts(), useRecordPath()];
  const usual = useMemo(
    () => [
      { id: 'all', name: t('viewAll'), sort: 'name' },
      { id: 'mine', name: t('viewMine'), filter: `ownerId eq ${JSON.stringify(me.id)}`, sort: 'name' },
      { id: 'recent', name: t('viewRecent'), sort: '-changedAt' },
    ],
    [t, me.id],
  );
  const state = useListState(KIND, usual, USUAL_LAYOUT);
  const list = useList(KIND, state.asked);
  const count = useQuery(countQuery(KIND, state.asked)).data;
  const columns = useContactColumns();
  const hidden = useHidden(KIND);
  const edit = useEditContact();
  const { selection, set: select, clear } = useSelection();
  const [making, setMaking] = useState(false);
  const [aside, setAside] = useState<Contact>();
  const navigate = useNavigate();

  const create = may('create', KIND) ? () => setMaking(true) : undefined;
  const open = (row: Contact) => {
    const path = pathOf(KIND, row.id);
    visited(KIND, row.id);
    if (path) void navigate({ to: path });
    else setAside(row);
  };
  const download = () => void exportList(KIND, state.asked, t('file')).catch(acts.refused);
  useShortcuts(create ? [{ keys: 'KeyC', run: create, says: t('new') }] : []);
  usePaletteActions(create ? [{ id: 'new-contact', text: t('new'), icon: 'plus', keys: 'KeyC', run: create }] : []);

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
            {may('import', KIND) && <ImportLink text={t('import')} />}
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
          {may('import', KIND) && <ImportLink text={t('import')} subtle />}
          {may('export', KIND) && (
            <Button variant="subtle" leftSection={<Icon name="export" />} onClick={download}>
              {parts('export')}
            </Button>
          )}
          {create && (
            <Button
              variant="filled"
              leftSection={<Icon name="plus" />}
              rightSection={<kbd className="on-accent">{'C'}</kbd>}
              onClick={create}
            >
              {t('new')}
            </Button>
          )}
        </div>
      </div>
      <div className={css.tools}>
        <FilterBar
          view={viewOf(KIND)}
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
          <ColumnsMenu columns={columns} layout={state.layout} usual={USUAL_LAYOUT} onLayout={state.setLayout} />
        </span>
      </div>
      {list.error ? (
        <ProblemNotice error={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('title')}
          kind={KIND}
          rows={list.rows}
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
          onEdit={may('change', KIND) ? edit : undefined}
          sayRefusal={(error) => {
            if (error instanceof ChangedMeanwhile)
              return parts('conflictSaid', { now: String(error.now ?? parts('none')), mine: String(error.mine ?? parts('none')) });
            const { title, detail } = say(error);
            return `${title} ${detail ?? ''}`;
          }}
          card={(row) => <ContactCard row={row} stage={valueOf(row.lifecycleStage)} />}
          empty={empty}
        />
      )}
      <BulkActs
        selection={selection}
        asked={state.asked}
        count={count ?? '0'}
        onAll={() => select({ ids: selection.ids, all: true })}
        onClear={clear}
      />
      <NewContact opened={making} onClose={() => setMaking(false)} />
      <ContactAside id={aside?.id} name={aside?.name ?? fieldOf('name')} onClose={() => setAside(undefined)} />
    </Page>
  );
}

function ContactCard({ row, stage }: { row: Contact; stage: string }) {
  return (
    <>
      <Avatar id={row.id} name={row.name} size="md" />
      <span className={own.two}>
        <b className="ellipsis">
          <bdi>{row.name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          {row.jobTitle && <bdi>{row.jobTitle}</bdi>}
          {row.jobTitle && row.accountId ? ' · ' : ''}
          {row.accountId && <RecordName kind="contacts.account" id={row.accountId} plain />}
        </span>
      </span>
      <span className={own.end}>{stage}</span>
    </>
  );
}

/** To the import wizard, where there is one. */
function ImportLink({ text, subtle = false }: { text: string; subtle?: boolean }) {
  const isPage = useIsPage();
  if (!isPage('/import/$kind')) return null;
  return (
    <Button component={Link} to="/import/contacts" variant={subtle ? 'subtle' : 'default'} leftSection={<Icon name="import" />}>
      {text}
    </Button>
  );
}
