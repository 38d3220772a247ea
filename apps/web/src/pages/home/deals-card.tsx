import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Doc } from '../../api/kinds.ts';
import { daysBetween } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { countQuery, someQuery, type Asked } from '../../queries/lists.ts';
import { useHomeTexts } from '../../texts/home/index.ts';
import css from './home.module.css';
import { useStages } from '../../queries/stages.ts';

const SHOWN = 6;
type Deal = Doc<'sales.opportunity'>;

/** Some deals of a list, with how many there are in all. `late`: their waiting is marked. */
export function DealsCard({
  title,
  count,
  asked,
  today,
  late = false,
  end,
  empty,
}: {
  title: string;
  count: (n: string) => string;
  asked: Asked;
  today: string;
  late?: boolean;
  end?: ReactNode;
  empty: string;
}) {
  const [t, format] = [useHomeTexts(), useFormat()];
  const { data, error, refetch } = useQuery(someQuery('sales.opportunity', asked, SHOWN));
  const all = useQuery(countQuery('sales.opportunity', asked)).data;
  const head = { title, count: all && all !== '0' ? count(format.count(all)) : undefined, end };
  if (error)
    return (
      <Card {...head}>
        <ProblemNotice error={error} again={() => void refetch()} />
      </Card>
    );
  if (!data)
    return (
      <Card {...head}>
        <Skeleton widths={[90, 80, 85, 75]} />
      </Card>
    );
  if (data.length === 0)
    return (
      <Card {...head}>
        <Empty title={empty}>{t('noDealsHint')}</Empty>
      </Card>
    );
  return (
    <Card {...head} flush>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('deal')}</th>
            <th scope="col" className={`${css.n} ${css.wide}`} style={{ width: 110 }}>
              {t('worth')}
            </th>
            <th scope="col" className={css.n} style={{ width: 120 }}>
              {t(late ? 'inStageFor' : 'openFor')}
            </th>
            <th scope="col" className={css.wide} style={{ width: 150 }}>
              {t('stage')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((deal) => (
            <DealRow key={deal.id} deal={deal} today={today} late={late} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function DealRow({ deal, today, late }: { deal: Deal; today: string; late: boolean }) {
  const [t, format, usual, stageOf] = [useHomeTexts(), useFormat(), useUsualCurrency(), useStages()];
  return (
    <tr>
      <td className="medium">
        <RecordName kind="contacts.account" id={deal.accountId} className="plain-link" />
      </td>
      <td className="muted">
        <RecordName kind="sales.opportunity" id={deal.id} name={deal.name} className="plain-link" />
      </td>
      <td className={`${css.n} ${css.wide}`}>{deal.worth ? format.money(deal.worth, usual) : <span className="faint">{'–'}</span>}</td>
      <td className={`${css.n} ${late ? 'attn' : ''}`}>
        {t('days', { n: Math.max(0, daysBetween(late ? deal.stageSince.slice(0, 10) : deal.openedOn, today)) })}
      </td>
      <td className={css.wide}>
        <Badge tone="act">{stageOf(deal.stageId)}</Badge>
      </td>
    </tr>
  );
}
