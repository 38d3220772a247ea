import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../format/use-format.ts';
import { figuresQuery, type Figures, type FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { axes, Chart, type ChartLook } from './chart.tsx';
import { FigureCard } from './figure-card.tsx';
import type { Span } from './figures-search.ts';
import type { Cell, NumberRow } from './number-table.tsx';
import { useOpenRecords, type Opening } from './opening.ts';
import { sumIn } from './sums.ts';
import { useUnitNames } from './use-units.ts';

const TITLES = { month: 'rateByMonth', quarter: 'rateByQuarter', year: 'rateByYear' } as const;

/** How many of the closed deals were won, over time, and what that is made of. */
export function RateCard({
  asked,
  span,
  currency,
  whole,
  past,
}: {
  asked: FiguresAsked;
  span: Span;
  currency: string;
  whole: Figures | undefined;
  past: boolean;
}) {
  const [t, format, open, unitName] = [useFiguresTexts(), useFormat(), useOpenRecords(), useUnitNames()];
  const unit = span.line;
  const query = useQuery(figuresQuery({ ...asked, by: unit }));
  const lines = (query.data?.figures ?? []).filter(({ won, lost }) => won + lost > 0);
  const long = span.period === 'all' || span.period === 'other';
  const nameOf = (line: Figures) => unitName(unit, line.group[unit]!, long);
  const opening = (line: Figures, figure: 'won' | 'lost'): Opening => ({
    figure,
    title: [t(figure), unitName(unit, line.group[unit]!, true)].join(' · '),
    group: { [unit]: line.group[unit]! },
  });
  const row = (key: string, name: string, cell: (line: Figures) => Cell, total = false): NumberRow => ({
    key,
    name,
    cells: lines.map(cell),
    total,
  });
  // Twelve months stand side by side: large amounts are written in thousands there, and whole in the file.
  const thousands = lines.some(({ wonValue }) => Number(sumIn(wonValue, currency)?.amount ?? 0) >= 100_000);
  const rows =
    lines.length === 0
      ? []
      : [
          row('rate', t('ratePerCent'), ({ winRate }) => ({ text: winRate ? format.number(winRate, 1) : '–', raw: winRate ?? '' })),
          row('won', t('won'), (line) => ({
            text: format.number(line.won),
            raw: String(line.won),
            opens: line.won > 0 ? opening(line, 'won') : undefined,
          })),
          row('lost', t('lost'), (line) => ({
            text: format.number(line.lost),
            raw: String(line.lost),
            opens: line.lost > 0 ? opening(line, 'lost') : undefined,
          })),
          row('value', t(thousands ? 'valueThousands' : 'wonValue'), (line) => {
            const sum = sumIn(line.wonValue, currency) ?? { amount: '0', currency };
            return {
              text: thousands ? format.number(Number(sum.amount) / 1000, 0) : format.money(sum, currency),
              raw: sum.amount,
              opens: line.won > 0 ? opening(line, 'won') : undefined,
            };
          }),
          row('closed', t('closed'), ({ won, lost }) => ({ text: format.number(won + lost), raw: String(won + lost) }), true),
        ];
  const title = t(TITLES[unit]);
  const over = whole?.winRate;
  const rates = lines.map(({ winRate }) => Number(winRate ?? 0));
  const [least, most] = [
    Math.max(0, Math.floor((Math.min(...rates, 100) - 5) / 10) * 10),
    Math.min(100, Math.ceil((Math.max(...rates, 0) + 5) / 10) * 10),
  ];
  const option = (look: ChartLook) => ({
    ...axes(look, lines.map(nameOf), {
      min: least,
      max: most,
      interval: (most - least) / 2,
      axisLabel: { color: look.quiet, fontFamily: look.font, fontSize: 12, formatter: (value: number) => format.percent(value, 0) },
    }),
    series: [
      {
        type: 'line',
        data: rates,
        symbol: 'circle',
        symbolSize: 9,
        lineStyle: { color: look.colours[0], width: 2.5 },
        itemStyle: { color: look.colours[0], borderColor: look.ground, borderWidth: 2 },
        emphasis: { disabled: true },
        ...(over
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: look.quiet, type: 'dashed', width: 1 },
                label: { show: false },
                data: [{ yAxis: Number(over) }],
              },
            }
          : {}),
      },
    ],
  });
  return (
    <FigureCard
      title={title}
      about={over ? t('rateOver', { rate: format.percent(over, 2) }) : t('wonOfClosed')}
      query={query}
      table={{ head: [t(unit), ...lines.map(nameOf)], rows, dense: true }}
      height={420}
    >
      <Chart
        label={t('chartSays', {
          title,
          values: format.list(
            lines.map((line) => t('valueAt', { name: unitName(unit, line.group[unit]!, true), value: format.percent(line.winRate ?? 0) })),
          ),
        })}
        height={220}
        past={past}
        option={option}
        onOpen={(_, at) => open(opening(lines[at]!, 'won'))}
      />
    </FigureCard>
  );
}
