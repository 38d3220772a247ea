import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { dayIn } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { AsOfBand } from '../../parts/as-of-band.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { useIsPage } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { figuresQuery, type Figures, type FiguresAsked } from '../../queries/figures.ts';
import { useMay } from '../../queries/me.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { spanOf, type FiguresSearch } from './figures-search.ts';
import css from './figures.module.css';
import { Filters } from './filters.tsx';
import { Kpis } from './kpis.tsx';
import { ForecastCard, PipelineCard, StageTimeCard } from './now-cards.tsx';
import { OpenRecords, type Opening } from './opening.ts';
import { RateCard } from './rate-card.tsx';
import { RecordsDrawer } from './records-drawer.tsx';
import { OwnersCard, ShareCard } from './share-cards.tsx';
import { WonCard } from './won-card.tsx';

export const route = createLazyRoute('/shell/figures/$board')({ component: FiguresPage });

function FiguresPage() {
  const t = useFiguresTexts();
  const { board } = useParams({ from: '/shell/figures/$board' });
  if (board !== 'sales')
    return (
      <Page title={t('title')}>
        <Empty
          level={2}
          title={t('noBoard')}
          acts={
            <Link to="/figures/$board" params={{ board: 'sales' }}>
              {t('sales')}
            </Link>
          }
        >
          {t('noDealsHint')}
        </Empty>
      </Page>
    );
  return <Sales />;
}

/** What was sold, is open, is to be expected: as numbers that open to their deals, as of any day. */
function Sales() {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const search = useSearch({ from: '/shell/figures/$board' });
  const navigate = useNavigate();
  const today = dayIn(Date.now(), format.zone);
  const at = search.at && search.at < today ? search.at : undefined;
  const change = useCallback(
    (patch: FiguresSearch) => void navigate({ to: '.', search: ((before: FiguresSearch) => ({ ...before, ...patch })) as never }),
    [navigate],
  );
  const { team, product, owner } = search;
  const filters = useMemo<FiguresAsked>(() => ({ team, product, owner, asOf: at }), [team, product, owner, at]);
  const all = useQuery(figuresQuery({ ...filters, by: 'year' }));
  const past = at !== undefined;
  const body = all.error ? (
    <ProblemNotice error={all.error} again={() => void all.refetch()} />
  ) : all.data ? (
    <Board search={search} filters={filters} byYear={all.data.figures} today={at ?? today} past={past} onChange={change} />
  ) : (
    <Waiting />
  );
  return (
    <Page title={t('title')} past={past} band={at && <AsOfBand day={at} onBack={() => change({ at: undefined })} />}>
      {body}
    </Page>
  );
}

function Board({
  search,
  filters,
  byYear,
  today,
  past,
  onChange,
}: {
  search: FiguresSearch;
  filters: FiguresAsked;
  byYear: readonly Figures[];
  today: string;
  past: boolean;
  onChange: (patch: FiguresSearch) => void;
}) {
  const [t, usual] = [useFiguresTexts(), useUsualCurrency()];
  const [opening, setOpening] = useState<Opening>();
  const years = byYear.filter(({ won, lost }) => won + lost > 0).map(({ group }) => group.year!);
  const span = spanOf(search, today, years);
  const currencies = [
    ...new Set(byYear.flatMap(({ wonValue, openValue }) => [...wonValue, ...openValue].map(({ currency }) => currency))),
  ].sort();
  const currency =
    (currencies.includes(search.currency ?? '') ? search.currency : currencies.includes(usual ?? '') ? usual : currencies[0]) ??
    usual ??
    'USD';
  const asked: FiguresAsked = { ...filters, from: span.from, to: span.to };
  const { data, error, refetch } = useQuery(figuresQuery(asked));
  const whole = data?.figures[0];
  const isEmpty = byYear.length === 0 && !search.team && !search.product && !search.owner;
  const nothing = data !== undefined && (whole === undefined || whole.opened + whole.won + whole.lost + whole.open === 0);
  return (
    <OpenRecords value={setOpening}>
      <h2 className="sr">{t('sales')}</h2>
      {!(isEmpty && !past) && (
        <Filters search={search} span={span} years={years} currencies={currencies} currency={currency} onChange={onChange} />
      )}
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : isEmpty && !past ? (
        <NoDeals />
      ) : nothing ? (
        <Card title={t('nothingThen')}>
          <Empty
            title={t('nothingThenHint')}
            acts={
              <Button
                onClick={() =>
                  onChange({ period: 'all', from: undefined, to: undefined, team: undefined, product: undefined, owner: undefined })
                }
              >
                {t('showAll')}
              </Button>
            }
          >
            {t('noDealsHint')}
          </Empty>
        </Card>
      ) : !whole ? (
        <Waiting />
      ) : (
        <div className={css.grid}>
          <Kpis whole={whole} asked={asked} span={span} currency={currency} />
          <div className={css.half}>
            <WonCard asked={asked} span={span} currency={currency} whole={whole} past={past} />
          </div>
          <div className={css.half}>
            <RateCard asked={asked} span={span} currency={currency} whole={whole} past={past} />
          </div>
          <div className={css.third}>
            <ShareCard by="team" asked={asked} currency={currency} table />
          </div>
          <div className={css.third}>
            <ShareCard by="product" asked={asked} currency={currency} />
          </div>
          <div className={css.third}>
            <PipelineCard asked={asked} currency={currency} />
          </div>
          <div className={css.half}>
            <ShareCard by="owner" asked={asked} currency={currency} />
          </div>
          <div className={css.half}>
            <OwnersCard asked={asked} currency={currency} />
          </div>
          <div className={css.half}>
            <ForecastCard asked={asked} currency={currency} />
          </div>
          <div className={css.half}>
            <StageTimeCard asked={asked} currency={currency} />
          </div>
        </div>
      )}
      <RecordsDrawer
        opening={opening}
        asked={opening?.figure === 'open' ? { ...asked, from: undefined, to: undefined } : asked}
        currency={currency}
        onClose={() => setOpening(undefined)}
      />
    </OpenRecords>
  );
}

function NoDeals() {
  const [t, may, isPage] = [useFiguresTexts(), useMay(), useIsPage()];
  return (
    <Card title={t('sales')}>
      <Empty
        title={t('noDeals')}
        acts={
          isPage('/import/$kind') &&
          may('import', 'sales.opportunity') && (
            <Button component={Link} to="/import/deals" variant="filled">
              {t('importDeals')}
            </Button>
          )
        }
      >
        {t('noDealsHint')}
      </Empty>
    </Card>
  );
}

function Waiting() {
  const t = useFiguresTexts();
  return (
    <Card title={t('sales')}>
      <div style={{ minHeight: 420 }}>
        <Skeleton widths={[60, 90, 80, 85, 70, 88]} height={20} gap={20} />
      </div>
    </Card>
  );
}
