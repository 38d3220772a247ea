import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../format/use-format.ts';
import { figuresQuery, type Figures, type FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { BarList } from './bar-list.tsx';
import { FigureCard } from './figure-card.tsx';
import type { Cell } from './number-table.tsx';
import type { Opening } from './opening.ts';
import { sumIn } from './sums.ts';
import { useNames } from './use-names.ts';

type By = 'team' | 'product' | 'owner';
const KINDS = { team: 'workspace.team', product: 'sales.product', owner: 'workspace.user' } as const;
const TITLES = { team: 'teams', product: 'byProduct', owner: 'byOwner' } as const;
const SHOWN = 10;

/** Figures by what they belong to, the most won first. */
function useShares(by: By, asked: FiguresAsked, currency: string) {
  const t = useFiguresTexts();
  const query = useQuery(figuresQuery({ ...asked, by }));
  const worth = ({ wonValue }: Figures) => Number(sumIn(wonValue, currency)?.amount ?? 0);
  const lines = (query.data?.figures ?? [])
    .filter(({ won, lost, open }) => won + lost + open > 0)
    .sort((a, b) => worth(b) - worth(a) || b.open - a.open);
  const nameOf = useNames(
    KINDS[by],
    lines.map(({ group }) => group[by]!),
  );
  const opening = ({ group }: Figures, figure: Opening['figure']): Opening => ({
    figure,
    title: [t(figure), nameOf(group[by]!)].join(' · '),
    group: { [by]: group[by]! },
  });
  return { query, lines, worth, nameOf, opening };
}

/** Won value as lying bars; `table`: with the numbers beneath, else only as a file. */
export function ShareCard({ by, asked, currency, table = false }: { by: By; asked: FiguresAsked; currency: string; table?: boolean }) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const { query, lines, worth, nameOf, opening } = useShares(by, asked, currency);
  const won = lines.filter((line) => worth(line) > 0);
  const shown = won.slice(0, SHOWN);
  return (
    <FigureCard
      title={t(TITLES[by])}
      about={won.length > shown.length ? t('firstOf', { n: shown.length, of: won.length }) : t('wonIn', { currency })}
      query={query}
      height={230}
      tableHidden={!table}
      table={useNumbers(by, lines, currency, nameOf, opening)}
    >
      <BarList
        roomy={by === 'owner'}
        bars={shown.map((line, at) => ({
          key: line.group[by]!,
          name: nameOf(line.group[by]!),
          value: worth(line),
          text: format.money(sumIn(line.wonValue, currency)!, currency),
          opens: opening(line, 'won'),
          colour: by === 'team' ? Math.min(at + 1, 7) : 1,
        }))}
      />
    </FigureCard>
  );
}

/** The owners' numbers, those of the bars beside. */
export function OwnersCard({ asked, currency }: { asked: FiguresAsked; currency: string }) {
  const t = useFiguresTexts();
  const { query, lines, nameOf, opening } = useShares('owner', asked, currency);
  const table = useNumbers('owner', lines, currency, nameOf, opening);
  return <FigureCard title={t('ownersInNumbers')} query={query} height={230} table={{ ...table, rows: table.rows.slice(0, SHOWN) }} />;
}

function useNumbers(
  by: By,
  lines: readonly Figures[],
  currency: string,
  nameOf: (id: string) => string,
  opening: (line: Figures, figure: Opening['figure']) => Opening,
) {
  const [t, format] = [useFiguresTexts(), useFormat()];
  const count = (line: Figures, figure: 'won' | 'lost' | 'open'): Cell => ({
    text: line[figure] === 0 ? <span className="faint">{format.number(0)}</span> : format.number(line[figure]),
    raw: String(line[figure]),
    opens: line[figure] > 0 ? opening(line, figure) : undefined,
  });
  return {
    head: [t(by), t('won'), t('lost'), t('winRate'), t('open'), t('openValue')],
    rows: lines.map((line) => {
      const value = sumIn(line.openValue, currency) ?? { amount: '0', currency };
      return {
        key: line.group[by]!,
        name: nameOf(line.group[by]!),
        cells: [
          count(line, 'won'),
          count(line, 'lost'),
          { text: line.winRate ? format.percent(line.winRate, 2) : '–', raw: line.winRate ?? '' },
          count(line, 'open'),
          { text: format.money(value, currency), raw: value.amount },
        ],
      };
    }),
  };
}
