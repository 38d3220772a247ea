import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { figuresQuery, type Figures, type FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { spanBefore, type Span } from './figures-search.ts';
import css from './figures.module.css';
import { Opens } from './number-table.tsx';
import type { Opening } from './opening.ts';
import { average, sumIn } from './sums.ts';

/** The numbers that matter most, each beside what it was in the span before; of a past moment, beside what it is today. */
export function Kpis({ whole, asked, span, currency }: { whole: Figures; asked: FiguresAsked; span: Span; currency: string }) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const former = spanBefore(span);
  const other = asked.asOf ? { ...asked, asOf: undefined } : former && { ...asked, ...former };
  const { data } = useQuery({ ...figuresQuery(other ?? {}), enabled: other !== undefined, placeholderData: undefined });
  const than = data?.figures[0];
  const money = (figures: Figures, of: 'wonValue' | 'openValue') =>
    format.money(sumIn(figures[of], currency) ?? { amount: '0', currency }, currency);
  const mean = (figures: Figures) => {
    const sum = sumIn(figures.wonValue, currency);
    return sum && figures.won > 0 ? format.money(average(sum, figures.won), currency) : '–';
  };
  const rate = ({ winRate }: Figures) => (winRate ? format.percent(winRate, 2) : '–');
  const median = ({ cycle }: Figures) => (cycle ? format.number(cycle.median) : '–');
  const count = ({ open }: Figures) => format.number(open);
  const number = (figure: 'won' | 'lost') => <Opens opening={opening(figure)}>{format.number(whole[figure])}</Opens>;
  const opening = (figure: Opening['figure']): Opening | undefined => (whole[figure] > 0 ? { figure, title: t(figure) } : undefined);
  // What is open is open at a moment: the span before has nothing to say of it.
  const stat = (label: string, of: (figures: Figures) => string, note: ReactNode, opens?: Opening, compares = true) => (
    <Kpi
      label={label}
      value={of(whole)}
      opens={opens}
      note={note}
      than={
        than && (asked.asOf || (compares && than.won + than.lost > 0)) && of(than) !== '–'
          ? t(asked.asOf ? 'todayIs' : 'before', { value: of(than) })
          : undefined
      }
      differs={asked.asOf !== undefined && than !== undefined && of(than) !== of(whole)}
    />
  );
  return (
    <div className={css.kpis}>
      {stat(t('wonValue'), (one) => money(one, 'wonValue'), t('dealsWon', { n: whole.won }), opening('won'))}
      {stat(
        t('winRate'),
        rate,
        t.rich('wonAndLost', { won: <span key="won">{number('won')}</span>, lost: <span key="lost">{number('lost')}</span> }),
      )}
      {stat(t('daysToWin'), median, whole.cycle ? t('meanDays', { days: format.number(whole.cycle.mean, 1) }) : undefined, opening('won'))}
      {stat(t('openNow'), count, t('worthInAll', { value: money(whole, 'openValue') }), opening('open'), false)}
      {stat(t('averageWon'), mean, currency, opening('won'))}
    </div>
  );
}

function Kpi({
  label,
  value,
  opens,
  note,
  than,
  differs,
}: {
  label: string;
  value: string;
  opens?: Opening;
  note: ReactNode;
  than?: string;
  differs: boolean;
}) {
  return (
    <div className={css.kpi}>
      <span className={css.kpiLabel}>{label}</span>
      <Opens opening={opens} className={`${css.kpiValue} ${differs ? css.differs : ''}`}>
        {value}
      </Opens>
      <span className={css.kpiNote}>{note}</span>
      {than && <span className={`${css.kpiNote} ${differs ? 'time' : 'faint'}`}>{than}</span>}
    </div>
  );
}
