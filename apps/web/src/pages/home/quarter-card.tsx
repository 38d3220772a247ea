import { useQuery } from '@tanstack/react-query';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Stat } from '../../parts/stat.tsx';
import { useHomeTexts } from '../../texts/home/index.ts';
import { Bars } from './bars.tsx';
import { figuresQuery } from '../../queries/figures.ts';
import css from './home.module.css';
import { before, quarterAt, type Quarter } from './quarters.ts';

/** What was won this quarter, by month, against the one before. Where nothing was closed in it, the last one in which something was. */
export function QuarterCard({ owner, today }: { owner: string | undefined; today: string }) {
  const t = useHomeTexts();
  const quarters = useQuery(figuresQuery({ by: 'quarter', owner }));
  const now = quarterAt(today);
  const closed = quarters.data?.figures.filter(({ won, lost }) => won + lost > 0).map(({ group }) => group.quarter!) ?? [];
  const last = closed.at(-1);
  const shown = last && last < now.name ? quarterOfName(last) : now;
  const title = owner ? t('quarterMine') : t('quarter');
  if (quarters.error)
    return (
      <Card title={title}>
        <ProblemNotice error={quarters.error} again={() => void quarters.refetch()} />
      </Card>
    );
  if (!quarters.data)
    return (
      <Card title={title}>
        <Skeleton widths={[60, 90, 90, 90]} height={18} />
      </Card>
    );
  if (!last)
    return (
      <Card title={title}>
        <Empty title={t('noQuarter')}>{t('noQuarterHint')}</Empty>
      </Card>
    );
  return <Shown quarter={shown} isNow={shown.name === now.name} owner={owner} title={title} />;
}

const quarterOfName = (name: string) => quarterAt(`${name.slice(0, 4)}-${String(Number(name.slice(6)) * 3).padStart(2, '0')}-01`);

function Shown({ quarter, isNow, owner, title }: { quarter: Quarter; isNow: boolean; owner: string | undefined; title: string }) {
  const [t, format, usual] = [useHomeTexts(), useFormat(), useUsualCurrency()];
  const { from, to } = quarter;
  const whole = useQuery(figuresQuery({ from, to, owner })).data?.figures[0];
  const past = before(quarter);
  const former = useQuery(figuresQuery({ from: past.from, to: past.to, owner })).data?.figures[0];
  const months = useQuery(figuresQuery({ from, to, owner, by: 'month' })).data?.figures;
  const bars = quarter.months.map((month) => {
    const figures = months?.find(({ group }) => group.month === month);
    const sum = figures?.wonValue[0];
    return { key: month, label: format.month(month), value: Number(sum?.amount ?? 0), text: sum ? format.money(sum, usual) : '' };
  });
  if (!whole || !months)
    return (
      <Card title={title}>
        <Skeleton widths={[60, 90, 90, 90]} height={18} />
      </Card>
    );
  const name = `${format.month(quarter.months[0]!)} – ${format.month(quarter.months[2]!)} ${quarter.year}`;
  return (
    <Card title={title} count={isNow ? name : t('lastClosed', { quarter: name })}>
      <div className={css.stats}>
        <Stat
          label={t('won')}
          value={format.sums(whole.wonValue, usual)}
          note={former?.wonValue[0] ? t('formerly', { value: format.sums(former.wonValue, usual) }) : undefined}
        />
        <Stat label={t('dealsWon')} value={format.number(whole.won)} note={t('ofClosed', { n: whole.won + whole.lost })} />
        <Stat
          label={t('winRate')}
          value={whole.winRate ? format.percent(whole.winRate) : '–'}
          note={former?.winRate ? t('formerly', { value: format.percent(former.winRate) }) : undefined}
        />
      </div>
      <Bars bars={bars} label={t('byMonth', { quarter: name })} />
    </Card>
  );
}
