import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import css from './board.module.css';
import type { Since } from './then-query.ts';

const PARTS = ['won', 'lost', 'moved', 'stayed', 'removed'] as const;

/** What has become of everything that was open then. The bar is the same in lengths. */
export function SinceBar({ since, open }: { since: Since; open: number }) {
  const [t, format] = [useDealTexts(), useFormat()];
  const words = {
    won: t('sinceWon'),
    lost: t('sinceLost'),
    moved: t('sinceMoved'),
    stayed: t('sinceStayed'),
    removed: t('sinceRemoved'),
  };
  const shown = PARTS.filter((part) => since[part] > 0);
  return (
    <section className={css.since} aria-label={t('becameOf', { n: open })}>
      <strong className="medium">{t('becameOf', { n: open })}</strong>
      <span className={css.sinceBar} aria-hidden="true">
        {shown.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: since[part] }} />
        ))}
      </span>
      <dl>
        {shown.map((part) => (
          <div key={part} data-part={part}>
            <dt>{words[part]}</dt>
            <dd>{format.number(since[part])}</dd>
          </div>
        ))}
        <div data-part="opened">
          <dt>{t('sinceOpened')}</dt>
          <dd>{format.number(since.opened)}</dd>
        </div>
      </dl>
    </section>
  );
}
