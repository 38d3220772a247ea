import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState } from 'react';
import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Empty } from '../../../parts/empty.tsx';
import { FilterBar } from '../../../parts/filter/filter-bar.tsx';
import { filterText, parseFilter, type Filter } from '../../../parts/filter/filter.ts';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useHidden, useMay } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DealForms, DealsHead, OwnerSelect, PipelineSelect } from '../deals-head.tsx';
import bar from '../deals.module.css';
import { allHold, DEALS, is, type Deal, type Pipeline } from '../deal.ts';
import { stalledBy } from '../stalled.ts';
import { quarterAt } from '../../home/quarters.ts';
import { MomentPicker } from '../moment-picker.tsx';
import { openNewDeal } from '../new/open.ts';
import { useDealActs } from '../use-deal-acts.ts';
import { useDealSearch } from '../use-deal-search.ts';
import { useDealView } from '../use-deal-view.ts';
import { useLift } from '../use-lift.ts';
import { BoardGhost } from './board-ghost.tsx';
import { boardQuery, useBoardLive, type BoardAsked } from './board-query.ts';
import { cardOf } from './board-data.ts';
import css from './board.module.css';
import { ClosedColumn, type Closing } from './closed-column.tsx';
import { DropBar } from './drop-bar.tsx';
import { OrderSelect } from './order-select.tsx';
import { PhoneChips } from './phone-chips.tsx';
import { StageColumn } from './stage-column.tsx';
import { Totals } from './totals.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { useClosedQuarter } from './use-closed.ts';

const HIDDEN = ['pipelineId', 'status', 'open', 'closedOn', 'ownerId'];

/** The board of today: what is open by stage, what was closed this quarter, and everything that can be done with a card. */
export function BoardNow({ pipeline }: { pipeline: Pipeline }) {
  const [t, format, may, hidden] = [useDealTexts(), useFormat(), useMay(), useHidden(DEALS)];
  const [search, change] = useDealSearch();
  const narrow = useIsNarrow();
  const root = useRef<HTMLDivElement>(null);
  const hint = useId();
  const acts = useDealActs();
  const view = useDealView(useMemo(() => [pipeline], [pipeline]));
  const today = dayIn(Date.now(), format.zone);
  const owner = search.owner && is('ownerId', search.owner);
  const asked: BoardAsked = {
    pipelineId: pipeline.id,
    filter: allHold(search.filter, owner),
    search: search.search,
    sort: search.sort,
  };
  const { data: board, error, refetch } = useQuery({ ...boardQuery(asked), placeholderData: (before) => before });
  const quarter = useClosedQuarter(asked, today) ?? quarterAt(today);
  const [closing, setClosing] = useState<Closing>();
  const [shown, setShown] = [search.stage, (stage: string) => change({ stage })];
  const stages = board?.stages ?? [];
  const columns = [...stages.map(({ stageId }) => stageId), 'won', 'lost'];
  const changes = may('change', DEALS);

  const close = (deal: Deal, status: Closing['status']) => {
    setClosing({ deal, status });
    if (narrow) setShown(status);
  };
  const drop = (deal: Deal, place: string, by: 'pointer' | 'keys') => {
    if (place === 'won' || place === 'lost') return close(deal, place);
    const stage = stages.find(({ stageId }) => stageId === place);
    if (!stage || stage.stageId === deal.stageId) return undefined;
    void acts.attempt(acts.move(deal, stage));
    if (by === 'keys' && !narrow) keys.focus(place, deal.id);
    return undefined;
  };
  const lift = useLift<Deal>(drop);
  useBoardLive(asked, lift.lifted !== undefined);
  const keys = useBoardKeys<Deal>({
    columns,
    lift: changes ? lift : undefined,
    find: (id) => board && cardOf(board, id),
    homeOf: (deal) => deal.stageId,
  });
  const nameOf = (column: string) =>
    column === 'won' ? t('won') : column === 'lost' ? t('lost') : (stages.find(({ stageId }) => stageId === column)?.name ?? '');
  const { lifted } = lift;
  const said = lifted
    ? lifted.over === undefined || (lifted.by === 'keys' && lifted.over === lifted.item.stageId)
      ? t('liftedSaid', { name: lifted.item.name })
      : t('overSaid', { column: nameOf(lifted.over), n: columns.indexOf(lifted.over) + 1, all: columns.length })
    : '';
  const target = (column: string) => (!lifted ? undefined : lifted.over === column && column !== lifted.item.stageId ? 'over' : 'may');
  const common = { hint, lift, register: keys.register, today, droppable: changes };

  const parsed = useMemo(() => parseFilter(search.filter ?? '', view.fields) ?? [], [search.filter, view]);
  const [draft, setDraft] = useState<{ text: string; filter: Filter }>();
  const stalled = stalledBy(today);
  const isStalled = search.sort === 'stageSince' && (search.filter ?? '').includes(stalled);
  const plain = !search.filter && !search.search;
  const isEmpty = plain && !search.owner && board !== undefined && stages.every(({ count }) => count === 0);
  const column = columns.includes(shown ?? '') ? shown! : (stages.find(({ count }) => count > 0)?.stageId ?? columns[0]!);
  const all = [
    ...stages.map((stage) => (
      <StageColumn
        key={stage.stageId}
        {...common}
        stage={stage}
        asked={asked}
        stages={pipeline.stages}
        target={target(stage.stageId)}
        onMove={(deal, to) => void acts.attempt(acts.move(deal, to))}
        onClose={close}
      />
    )),
    ...(['won', 'lost'] as const).map((status) => (
      <ClosedColumn
        key={status}
        {...common}
        status={status}
        quarter={quarter}
        isNow={quarter.name === quarterAt(today).name}
        asked={asked}
        figures={plain && !hidden.includes('value') ? { pipeline: pipeline.id, owner: search.owner } : undefined}
        target={target(status)}
        closing={closing?.status === status ? closing : undefined}
        onClosed={() => {
          setClosing(undefined);
          if (narrow && closing) setShown(closing.deal.stageId);
        }}
      />
    )),
  ];
  return (
    <>
      <DealsHead
        totals={
          <Totals
            stages={board && stages}
            figures={plain ? { pipeline: pipeline.id, owner: search.owner } : undefined}
            day={today}
            money={!hidden.includes('value')}
          />
        }
      />
      <div className={bar.bar}>
        <DealForms />
        <PipelineSelect value={pipeline.id} />
        <OwnerSelect />
        <FilterBar
          view={view}
          filter={draft?.text === (search.filter ?? '') ? draft.filter : parsed}
          onFilter={(next) => {
            const text = filterText(next) ?? '';
            setDraft({ text, filter: next });
            change({ filter: text || undefined });
          }}
          search={search.search}
          onSearch={(text) => change({ search: text })}
          hidden={[...HIDDEN, ...hidden]}
        />
        <Button
          variant={isStalled ? 'light' : 'subtle'}
          aria-pressed={isStalled}
          onClick={() => change(isStalled ? { filter: undefined, sort: undefined } : { filter: stalled, sort: 'stageSince' })}
        >
          {t('stalled')}
        </Button>
        <OrderSelect />
        <span className="end">
          <MomentPicker label={t('boardAsOf')} day={undefined} onDay={(at) => change({ at })} />
        </span>
      </div>
      <p id={hint} className="sr">
        {t('liftHint')}
      </p>
      <div className="sr" role="status" aria-live="assertive">
        {said}
      </div>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !board ? (
        <BoardGhost />
      ) : isEmpty && narrow ? (
        <Empty
          level={2}
          title={t('noneYet')}
          acts={
            may('create', DEALS) && (
              <Button variant="filled" onClick={() => openNewDeal({ pipelineId: pipeline.id })}>
                {t('new')}
              </Button>
            )
          }
        >
          {t('noneYetHint')}
        </Empty>
      ) : (
        <>
          {narrow && <PhoneChips stages={stages} shown={column} onShow={setShown} target={target} wonLost={[t('won'), t('lost')]} />}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the cards have the focus; the keys that go between them are the board's */}
          <div ref={root} className={css.board} role="region" aria-label={pipeline.name} data-scrolls="" onKeyDown={keys.onKeyDown}>
            {narrow ? all[columns.indexOf(column)] : all}
          </div>
          {lifted?.by === 'pointer' && <DropBar over={lifted.over} always={narrow} board={root} />}
        </>
      )}
    </>
  );
}
