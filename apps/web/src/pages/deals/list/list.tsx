import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayIn } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Empty } from '../../../parts/empty.tsx';
import { FilterBar } from '../../../parts/filter/filter-bar.tsx';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ImportLink } from '../../../parts/import-link.tsx';
import { exportList } from '../../../parts/list/bulk.ts';
import css from '../../../parts/list/list.module.css';
import { useListState, type ListSearch } from '../../../parts/list/use-list-state.ts';
import { ThumbButton } from '../../../parts/thumb-button.tsx';
import { ViewTabs } from '../../../parts/list/view-tabs.tsx';
import { ProblemNotice, useProblemTexts } from '../../../parts/notice.tsx';
import { Page } from '../../../parts/page.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { ColumnsMenu } from '../../../parts/table/columns-menu.tsx';
import { DataTable } from '../../../parts/table/data-table.tsx';
import { useSelection } from '../../../parts/table/selection.ts';
import { countQuery, useList } from '../../../queries/lists.ts';
import { useHidden, useMay, useMe } from '../../../queries/me.ts';
import { visited } from '../../../shell/palette/recent.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { DealForms } from '../deals-head.tsx';
import { DEALS, is, type Deal } from '../deal.ts';
import { stalledBy } from '../stalled.ts';
import { openNewDeal } from '../new/open.ts';
import { useDealView } from '../use-deal-view.ts';
import { usePipelines, useStage } from '../use-pipelines.ts';
import { CLOSED_LAYOUT, useDealColumns, USUAL_LAYOUT } from './deal-columns.tsx';
import { DealBulk } from './deal-bulk.tsx';
import own from './list.module.css';
import { ChangedMeanwhile, useEditDeal } from './use-edit-deal.ts';

export const route = createLazyRoute('/shell/deals/list')({ component: DealList });

/** Deals as a table: views, filters, columns, editing in place, many at once. */
function DealList() {
  const [t, parts, me, may, acts, format] = [useDealTexts(), usePartTexts(), useMe(), useMay(), useActs(), useFormat()];
  const [say, hidden] = [useProblemTexts(), useHidden(DEALS)];
  const pipelines = usePipelines();
  const view = useDealView(pipelines);
  const today = dayIn(Date.now(), format.zone);
  const monthEnd = `${today.slice(0, 7)}-31`;
  const usual = useMemo(() => {
    const open = is('open', true);
    return [
      { id: 'open', name: t('viewOpen'), filter: open, sort: '-changedAt' },
      { id: 'mine', name: t('viewMine'), filter: `${open} and ${is('ownerId', me.id)}`, sort: 'expectedCloseOn' },
      { id: 'stalled', name: t('stalled'), filter: `${open} and ${stalledBy(today)}`, sort: 'stageSince' },
      {
        id: 'closing',
        name: t('viewClosing'),
        filter: `${open} and expectedCloseOn lt ${JSON.stringify(monthEnd)}`,
        sort: 'expectedCloseOn',
      },
      { id: 'won', name: t('won'), filter: is('status', 'won'), sort: '-closedOn' },
      { id: 'lost', name: t('lost'), filter: is('status', 'lost'), sort: '-closedOn' },
      { id: 'all', name: t('viewAll'), sort: '-changedAt' },
    ];
  }, [t, me.id, today, monthEnd]);
  const { view: viewId }: ListSearch = useSearch({ strict: false });
  const usualLayout = viewId === 'won' || viewId === 'lost' ? CLOSED_LAYOUT : USUAL_LAYOUT;
  const state = useListState(DEALS, usual, usualLayout);
  const list = useList(DEALS, state.asked);
  const count = useQuery(countQuery(DEALS, state.asked)).data;
  const columns = useDealColumns();
  const edit = useEditDeal();
  const { selection, set: select, clear } = useSelection();
  const navigate = useNavigate();
  const open = (row: Deal) => {
    visited(DEALS, row.id);
    void navigate({ to: '/deals/$id', params: { id: row.id } });
  };
  const empty =
    state.asked.filter !== undefined || state.asked.search !== undefined ? (
      <Empty level={2} title={t('noneMatch')} acts={<Button onClick={() => state.open('all')}>{t('showAll')}</Button>}>
        {t('noneMatchHint')}
      </Empty>
    ) : (
      <Empty
        level={2}
        title={t('noneYet')}
        acts={
          may('create', DEALS) && (
            <>
              <Button variant="filled" onClick={() => openNewDeal({})}>
                {t('new')}
              </Button>
              {may('import', DEALS) && <ImportLink resource="opportunities" text={t('import')} />}
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
          {may('import', DEALS) && <ImportLink resource="opportunities" text={t('import')} subtle />}
          {may('export', DEALS) && (
            <Button
              variant="subtle"
              leftSection={<Icon name="export" />}
              onClick={() => void exportList(DEALS, state.asked, t('file')).catch(acts.refused)}
            >
              {parts('export')}
            </Button>
          )}
          {may('create', DEALS) && (
            <Button
              variant="filled"
              leftSection={<Icon name="plus" />}
              rightSection={<kbd className="on-accent">{'D'}</kbd>}
              onClick={() => openNewDeal({})}
            >
              {t('new')}
            </Button>
          )}
        </div>
      </div>
      <div className={`${css.tools} ${own.tools}`}>
        <span className={own.forms}>
          <DealForms />
        </span>
        <FilterBar
          view={view}
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
          <ColumnsMenu columns={columns} layout={state.layout} usual={usualLayout} onLayout={state.setLayout} />
        </span>
      </div>
      {list.error ? (
        <ProblemNotice error={list.error} again={() => void list.refetch()} />
      ) : (
        <DataTable
          label={t('title')}
          kind={DEALS}
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
          onEdit={may('change', DEALS) ? (row, field, value) => edit(row, field === 'worthAmount' ? 'value' : field, value) : undefined}
          sayRefusal={(error) => {
            if (error instanceof ChangedMeanwhile) return t('changedMeanwhile');
            const { title, detail } = say(error);
            return `${title} ${detail ?? ''}`;
          }}
          card={(row) => <DealLine row={row} />}
          empty={empty}
        />
      )}
      {may('create', DEALS) && <ThumbButton label={t('new')} onClick={() => openNewDeal({})} />}
      <DealBulk
        kind={DEALS}
        selection={selection}
        asked={state.asked}
        count={count ?? '0'}
        onAll={() => select({ ids: selection.ids, all: true })}
        onClear={clear}
      />
    </Page>
  );
}

/** A deal in the list of a phone. */
function DealLine({ row }: { row: Deal }) {
  const [format, usual, stageOf, valueOf] = [useFormat(), useUsualCurrency(), useStage(), useValueTexts()];
  return (
    <>
      <span className={own.two}>
        <b className="ellipsis">
          <bdi>{row.name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          <RecordName kind="workspace.user" id={row.ownerId} plain />
        </span>
      </span>
      <span className={own.end}>
        <b>{row.worth && format.money(row.worth, usual)}</b>
        <span className="xs muted">{row.status === 'open' ? stageOf(row.stageId)?.name : valueOf(row.status)}</span>
      </span>
    </>
  );
}
