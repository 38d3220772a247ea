import { useQuery } from '@tanstack/react-query';
import { allOf } from '../../../format/exact.ts';
import type { Money } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Stat } from '../../../parts/stat.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { figuresQuery } from '../../home/home-queries.ts';
import { quarterAt } from '../../home/quarters.ts';

type Summed = { count: number; value: readonly Money[]; weighted: readonly Money[] };

/**
 * What the board comes to: as the stages say it, and as figures say of the same deals. `figures`: undefined where figures cannot be asked the same, for
 * they know no filter but the pipeline and the owner.
 */
export function Totals({
  stages,
  figures,
  day,
  money,
}: {
  stages: readonly Summed[] | undefined;
  figures: { pipeline: string; owner?: string; asOf?: string; knownAt?: string } | undefined;
  day: string;
  money: boolean;
}) {
  const [t, format, usual] = [useDealTexts(), useFormat(), useUsualCurrency()];
  const { from, to } = quarterAt(day);
  const asks = figures !== undefined && money;
  const all = useQuery({ ...figuresQuery(figures ?? {}), enabled: asks }).data?.figures[0];
  const quarter = useQuery({ ...figuresQuery({ ...figures, from, to: figures?.asOf ?? to }), enabled: asks }).data?.figures[0];
  const sum = (of: 'value' | 'weighted') => (stages ? format.sums(allOf(stages.map((stage) => stage[of])), usual) : '…');
  return (
    <>
      <Stat label={t('open')} value={stages ? t('dealsCount', { n: stages.reduce((count, stage) => count + stage.count, 0) }) : '…'} />
      {money && (
        <>
          <Stat label={t('openValue')} value={sum('value')} />
          <Stat label={t('weighted')} value={sum('weighted')} />
        </>
      )}
      {all?.winRate && <Stat label={t('winRate')} value={format.percent(all.winRate, 2)} />}
      {quarter && quarter.won > 0 && (
        <Stat label={t(figures?.asOf ? 'wonThatQuarter' : 'wonThisQuarter')} value={format.sums(quarter.wonValue, usual)} />
      )}
    </>
  );
}
