import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Empty } from '../../../parts/empty.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { useIsNarrow } from '../../../parts/use-is-narrow.ts';
import { useHidden } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DealForms, DealsHead, OwnerSelect, PipelineSelect } from '../deals-head.tsx';
import bar from '../deals.module.css';
import { DEALS, type Pipeline } from '../deal.ts';
import { MomentPicker } from '../moment-picker.tsx';
import { useDealSearch } from '../use-deal-search.ts';
import { BoardGhost } from './board-ghost.tsx';
import css from './board.module.css';
import { ClosedThenColumn } from './closed-then-column.tsx';
import { PhoneChips } from './phone-chips.tsx';
import { SinceBar } from './since-bar.tsx';
import { StageThenColumn } from './stage-then-column.tsx';
import { boardThenQuery, MOST_CARDS, type ThenAsked } from './then-query.ts';
import { Totals } from './totals.tsx';
import { useBoardKeys } from './use-board-keys.ts';

const CARDS = 60;

/** The board as it stood at the end of a day: what was open, what had been closed that quarter, and what has become of it since. Nothing can be moved. */
export function BoardThen({ pipeline, day }: { pipeline: Pipeline; day: string }) {
  const [t, hidden, narrow] = [useDealTexts(), useHidden(DEALS), useIsNarrow()];
  const [search, change] = useDealSearch();
  const [limit, setLimit] = useState(CARDS);
  const asked: ThenAsked = { asOf: day, knownAt: search.known, pipeline: pipeline.id, owner: search.owner };
  const { data, error, refetch, isPlaceholderData } = useQuery(boardThenQuery(asked, limit));
  const stages = data?.stages ?? [];
  const columns = [...stages.map(({ stageId }) => stageId), 'won', 'lost'];
  const keys = useBoardKeys<never>({ columns, lift: undefined, find: () => undefined, homeOf: () => '' });
  const more = useCallback(() => setLimit((now) => Math.min(MOST_CARDS, now * 4)), []);
  const open = stages.reduce((count, stage) => count + stage.count, 0);
  const shown = columns.includes(search.stage ?? '') ? search.stage! : (stages.find(({ count }) => count > 0)?.stageId ?? columns[0]!);
  const all = [
    ...stages.map((stage) => (
      <StageThenColumn
        key={stage.stageId}
        stage={stage}
        day={day}
        money={!hidden.includes('value')}
        more={stage.more > 0 && limit < MOST_CARDS && !isPlaceholderData ? more : undefined}
        register={keys.register}
      />
    )),
    ...(['won', 'lost'] as const).map((status) => (
      <ClosedThenColumn key={status} status={status} asked={asked} money={!hidden.includes('value')} register={keys.register} />
    )),
  ];
  return (
    <>
      <DealsHead
        past
        totals={
          <Totals
            stages={data && stages}
            figures={{ pipeline: pipeline.id, owner: search.owner, asOf: day, knownAt: search.known }}
            day={day}
            money={!hidden.includes('value')}
          />
        }
      />
      <div className={bar.bar}>
        <DealForms />
        <PipelineSelect value={pipeline.id} />
        <OwnerSelect />
        {(search.filter ?? search.search) && <span className="sm muted">{t('filterNotThen')}</span>}
        <span className="end">
          <MomentPicker label={t('boardAsOf')} day={day} onDay={(at) => change({ at, known: at && search.known && at })} />
        </span>
      </div>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <BoardGhost />
      ) : open === 0 && stages.every(({ cards }) => cards.length === 0) ? (
        <Empty level={2} title={t('noneThen')}>
          {t(search.known ? 'noneKnownHint' : 'noneThenHint')}
        </Empty>
      ) : (
        <>
          <SinceBar since={data.since} open={open} />
          {narrow && <PhoneChips stages={stages} shown={shown} onShow={(stage) => change({ stage })} wonLost={[t('won'), t('lost')]} />}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the cards have the focus; the keys that go between them are the board's */}
          <div className={css.board} role="region" aria-label={pipeline.name} data-scrolls="" onKeyDown={keys.onKeyDown}>
            {narrow ? all[columns.indexOf(shown)] : all}
          </div>
        </>
      )}
    </>
  );
}
