import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { useFormat } from '../../format/use-format.ts';
import type { FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { BarList } from './bar-list.tsx';
import { FigureCard } from './figure-card.tsx';
import { sumIn } from './sums.ts';

const meta = { kinds: ['sales.opportunity', 'sales.pipeline'] };
/** What is open is open at the moment asked: the period says nothing of it. */
const atMoment = ({ from: _, to: __, ...asked }: FiguresAsked): FiguresAsked => asked;

const boardQuery = (asked: FiguresAsked) =>
  queryOptions({
    queryKey: ['figures', 'board', asked],
    queryFn: ({ signal }) => api.get('/figures/sales/board', { query: { ...asked, limit: 1 }, signal }).then(({ data }) => data.stages),
    meta,
    placeholderData: (before) => before,
  });
const forecastQuery = (asked: FiguresAsked) =>
  queryOptions({
    queryKey: ['figures', 'forecast', asked],
    queryFn: ({ signal }) => api.get('/figures/sales/forecast', { query: asked, signal }).then(({ data }) => data.forecast),
    meta,
    placeholderData: (before) => before,
  });
const stagesQuery = (asked: FiguresAsked) =>
  queryOptions({
    queryKey: ['figures', 'stages', asked],
    queryFn: ({ signal }) => api.get('/figures/sales/stages', { query: asked, signal }).then(({ data }) => data.stages),
    meta,
    placeholderData: (before) => before,
  });

type Props = { asked: FiguresAsked; currency: string };

/** The open deals by stage: how many, what they are worth, and what of it is to be expected. */
export function PipelineCard({ asked, currency }: Props) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const query = useQuery(boardQuery(atMoment(asked)));
  const stages = (query.data ?? []).filter(({ count }) => count > 0);
  const zero = { amount: '0', currency };
  return (
    <FigureCard
      title={t('pipeline')}
      about={t('pipelineOf', { currency })}
      query={query}
      height={230}
      table={{
        head: [t('stage'), t('deals'), t('value'), t('weighted')],
        rows: stages.map((stage) => {
          const [value, weighted] = [sumIn(stage.value, currency) ?? zero, sumIn(stage.weighted, currency) ?? zero];
          const opens = { figure: 'open' as const, title: [t('open'), stage.name].join(' · '), group: { stage: stage.stageId } };
          return {
            key: stage.stageId,
            name: stage.name,
            cells: [
              { text: format.number(stage.count), raw: String(stage.count), opens },
              { text: format.money(value, currency), raw: value.amount, opens },
              { text: format.money(weighted, currency), raw: weighted.amount, opens },
            ],
          };
        }),
      }}
    >
      <BarList
        bars={stages.map((stage) => ({
          key: stage.stageId,
          name: stage.name,
          value: Number(sumIn(stage.value, currency)?.amount ?? 0),
          text: format.money(sumIn(stage.value, currency) ?? zero, currency),
          opens: { figure: 'open', title: [t('open'), stage.name].join(' · '), group: { stage: stage.stageId } },
        }))}
      />
    </FigureCard>
  );
}

/** What open deals are expected to bring, month by month. */
export function ForecastCard({ asked, currency }: Props) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const query = useQuery(forecastQuery(atMoment(asked)));
  const months = query.data ?? [];
  const zero = { amount: '0', currency };
  const nameOf = (month: string) => (month === 'none' ? t('noMonth') : format.longMonth(month));
  return (
    <FigureCard
      title={t('forecast')}
      about={t('forecastHint')}
      query={query}
      height={230}
      table={{
        head: [t('month'), t('deals'), t('value'), t('weighted')],
        rows: months.map(({ month, deals, value, weighted }) => {
          const [sum, expected] = [sumIn(value, currency) ?? zero, sumIn(weighted, currency) ?? zero];
          return {
            key: month,
            name: nameOf(month),
            cells: [
              { text: format.number(deals), raw: String(deals) },
              { text: format.money(sum, currency), raw: sum.amount },
              { text: format.money(expected, currency), raw: expected.amount },
            ],
          };
        }),
      }}
    >
      {months.length > 1 && (
        <BarList
          bars={months.map(({ month, weighted }) => ({
            key: month,
            name: nameOf(month),
            value: Number(sumIn(weighted, currency)?.amount ?? 0),
            text: format.money(sumIn(weighted, currency) ?? zero, currency),
          }))}
        />
      )}
    </FigureCard>
  );
}

/** How long deals stand in each stage. */
export function StageTimeCard({ asked }: Props) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const query = useQuery(stagesQuery(atMoment(asked)));
  const board = useQuery(boardQuery(atMoment(asked)));
  const places = (board.data ?? []).map(({ stageId }) => stageId);
  const stages = (query.data ?? []).toSorted((a, b) => places.indexOf(a.stage) - places.indexOf(b.stage));
  const nameOf = (stage: string) => board.data?.find(({ stageId }) => stageId === stage)?.name ?? t('without');
  return (
    <FigureCard
      title={t('stageTime')}
      about={t('stageTimeHint')}
      query={query}
      height={230}
      table={{
        head: [t('stage'), t('deals'), t('days')],
        rows: stages.map(({ stage, deals, meanDays }) => ({
          key: stage,
          name: nameOf(stage),
          cells: [
            { text: format.number(deals), raw: String(deals) },
            { text: format.number(meanDays, 1), raw: meanDays },
          ],
        })),
      }}
    >
      <BarList
        bars={stages.map(({ stage, meanDays }) => ({
          key: stage,
          name: nameOf(stage),
          value: Number(meanDays),
          text: format.number(meanDays, 1),
        }))}
      />
    </FigureCard>
  );
}
