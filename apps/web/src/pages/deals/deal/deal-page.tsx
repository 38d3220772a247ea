import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { AsOfBand } from '../../../parts/as-of-band.tsx';
import { Card } from '../../../parts/card.tsx';
import { Page } from '../../../parts/page.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ApiProblem } from '../../../api/problem.ts';
import { useMay } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { visited } from '../../../shell/palette/recent.ts';
import { NotFound } from '../../../shell/error-page.tsx';
import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { DEALS } from '../deal.ts';
import { useDealSearch } from '../use-deal-search.ts';
import { DealHead } from './deal-head.tsx';
import css from './deal.module.css';
import { dealThenQuery } from './deal-queries.ts';
import { FactsCard } from './facts-card.tsx';
import { LinesCard } from './lines-card.tsx';
import { Timeline } from './timeline.tsx';

export const route = createLazyRoute('/shell/deals/$id')({ component: DealPage });

/** A deal: where it stands, what it consists of, what happened to it; today, or as it was at the end of a day. */
function DealPage() {
  const { id } = useParams({ from: '/shell/deals/$id' });
  const [t, parts, format, may] = [useDealTexts(), usePartTexts(), useFormat(), useMay()];
  const [{ at }, change] = useDealSearch();
  const now = useQuery(recordQuery(DEALS, id));
  const today = now.data?.doc;
  const early = at !== undefined && today !== undefined && at < dayIn(today.createdAt, format.zone);
  const then = useQuery({ ...dealThenQuery(id, at ?? ''), enabled: at !== undefined && !now.isPending && !early });
  const shown = at ? then : now;
  const deal = at ? (early ? undefined : then.data) : today;
  useEffect(() => visited(DEALS, id), [id]);
  if (!at && now.error instanceof ApiProblem && now.error.status === 404) return <NotFound />;
  const back = () => change({ at: undefined });
  const notThen = early || (at && then.error instanceof ApiProblem && then.error.status === 404);
  return (
    <Page
      title={deal?.name ?? today?.name ?? t('deal')}
      crumbs={[{ text: t('title'), to: '/deals/board' }]}
      past={at !== undefined}
      band={at && <AsOfBand day={at} onBack={back} />}
    >
      {notThen ? (
        <Card title={deal?.name ?? today?.name ?? t('deal')}>
          <Empty title={t('notYetThen')} acts={<Button onClick={back}>{parts('backToToday')}</Button>}>
            {t('notYetThenHint', { day: today ? format.date(today.createdAt) : '' })}
          </Empty>
        </Card>
      ) : shown.error ? (
        <ProblemNotice error={shown.error} again={() => void shown.refetch()} />
      ) : !deal ? (
        <Skeleton widths={[40, 90, 70, 90, 90]} height={18} />
      ) : (
        <>
          <DealHead deal={deal} today={at ? today : undefined} at={at} revision={at ? undefined : now.data?.revision} />
          <div className={css.body}>
            <div className={css.column}>
              <LinesCard deal={deal} past={at !== undefined} />
              <Timeline deal={deal} at={at} />
            </div>
            <FactsCard
              key={id}
              deal={deal}
              today={at ? today : undefined}
              revision={now.data?.revision}
              edits={at === undefined && !deal.removed && may('change', DEALS)}
            />
          </div>
        </>
      )}
    </Page>
  );
}
