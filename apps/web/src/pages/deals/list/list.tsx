import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayIn } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { BinActs } from '../../../parts/list/bin-acts.tsx';
import { ListFresh, ListHead, ListTable, useListed } from '../../../parts/list/listed.tsx';
import type { ListSearch } from '../../../parts/list/use-list-state.ts';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { ThumbButton } from '../../../parts/thumb-button.tsx';
import { Page } from '../../../parts/page.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useMay, useMe } from '../../../queries/me.ts';
import { visited } from '../../../shell/palette/recent.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DealForms } from '../deals-head.tsx';
import { DEALS, is, type Deal } from '../deal.ts';
import { stalledBy } from '../stalled.ts';
import { openNewDeal } from '../new/open.ts';
import { useDealView } from '../use-deal-view.ts';
import { usePipelines, useStage } from '../use-pipelines.ts';
import { CLOSED_LAYOUT, useDealColumns, USUAL_LAYOUT } from './deal-columns.tsx';
import { DealBulk } from './deal-bulk.tsx';
import own from './list.module.css';
import { useEditDeal } from './use-edit-deal.ts';

export const route = createLazyRoute('/shell/deals/list')({ component: DealList });

/** Deals as a table: views, filters, columns, editing in place, many at once. */
function DealList() {
  const [t, me, may, format] = [useDealTexts(), useMe(), useMay(), useFormat()];
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
  const listed = useListed(DEALS, usual, usualLayout);
  const { asked } = listed.state;
  const columns = useDealColumns();
  const edit = useEditDeal();
  const navigate = useNavigate();
  const open = (row: Deal) => {
    visited(DEALS, row.id);
    void navigate({ to: '/deals/$id', params: { id: row.id } });
  };
  const create = may('create', DEALS) ? () => openNewDeal({}) : undefined;
  const isFresh = asked.filter === undefined && asked.search === undefined;
  return (
    <Page title={t('title')} fill>
      <ListHead of={listed} words={t} create={create} createKey="KeyD" />
      <ListTable
        of={listed}
        label={t('title')}
        rows={listed.list.rows}
        words={t}
        columns={columns}
        view={view}
        tools={own.tools}
        before={
          <span className={own.forms}>
            <DealForms />
          </span>
        }
        onOpen={open}
        onEdit={may('change', DEALS) ? (row, field, value) => edit(row, field === 'worthAmount' ? 'value' : field, value) : undefined}
        card={(row) => <DealLine row={row} />}
        fresh={isFresh && <ListFresh kind={DEALS} words={t} create={create} />}
      />
      {create && <ThumbButton label={t('new')} onClick={create} />}
      {asked.removed ? <BinActs {...listed.chosen} /> : <DealBulk {...listed.chosen} />}
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
