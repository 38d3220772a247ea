import { useQuery } from '@tanstack/react-query';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { useHomeTexts } from '../../texts/home/index.ts';
import { figuresQuery } from '../../queries/figures.ts';
import css from './home.module.css';

const SHOWN = 5;

/** Who won most, of those this person may see, in the last year in which something was won. */
export function TeamCard() {
  const [t, format, usual] = [useHomeTexts(), useFormat(), useUsualCurrency()];
  const years = useQuery(figuresQuery({ by: 'year' })).data?.figures.filter(({ won }) => won > 0) ?? [];
  const year = years.at(-1)?.group.year;
  const { data } = useQuery({ ...figuresQuery({ by: 'owner', from: `${year}-01-01`, to: `${year}-12-31` }), enabled: year !== undefined });
  const best = (data?.figures ?? [])
    .filter(({ won }) => won > 0)
    .map(({ group, won, wonValue }) => ({ owner: group.owner!, won, sum: wonValue[0], value: Number(wonValue[0]?.amount ?? 0) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, SHOWN);
  if (best.length < 2) return null;
  return (
    <Card title={t('team')} count={year && t('wonIn', { year })}>
      <div className={css.share} role="list">
        {best.map(({ owner, won, sum, value }) => (
          <div key={owner} role="listitem" style={{ display: 'contents' }}>
            <RecordName kind="workspace.user" id={owner} plain className="ellipsis" />
            <span className={css.shareBar} style={{ width: `${(100 * value) / best[0]!.value}%` }} aria-hidden="true" />
            <span className="num">
              <span className="medium">{sum ? format.money(sum, usual) : ''}</span>{' '}
              <span className="xs muted">{t('nWon', { n: won })}</span>
            </span>
          </div>
        ))}
      </div>
    </Card>
  );
}
