import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../format/use-format.ts';
import { figuresQuery, type Figures, type FiguresAsked } from '../../queries/figures.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { axes, Chart, type ChartLook } from './chart.tsx';
import { FigureCard } from './figure-card.tsx';
import type { Span } from './figures-search.ts';
import css from './figures.module.css';
import type { Cell } from './number-table.tsx';
import { useOpenRecords, type Opening } from './opening.ts';
import { sumIn, total } from './sums.ts';
import { useNames } from './use-names.ts';
import { useUnitNames } from './use-units.ts';

const TITLES = { month: 'wonByMonth', quarter: 'wonByQuarter', year: 'wonByYear' } as const;
/** As many have a colour of their own; the others share the last. */
const COLOURS = 6;
const OTHERS = 'others';

/** What was won over time, team upon team, with the numbers beneath. */
export function WonCard({
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
  const unit = span.bars;
  const parts = useQuery(figuresQuery({ ...asked, by: `${unit},team` }));
  const all = useQuery(figuresQuery({ ...asked, by: unit }));
  const lines = (all.data?.figures ?? []).filter(({ won, lost }) => won + lost > 0);
  const found = parts.data?.figures ?? [];
  const sums = new Map<string, number>();
  for (const { group, wonValue } of found)
    sums.set(group.team!, (sums.get(group.team!) ?? 0) + Number(sumIn(wonValue, currency)?.amount ?? 0));
  const ranked = [...sums].sort((a, b) => b[1] - a[1]).flatMap(([team, sum]) => (sum > 0 ? [team] : []));
  const own = ranked.length > COLOURS + 1 ? ranked.slice(0, COLOURS) : ranked;
  const rest = ranked.slice(own.length);
  const teams = rest.length > 0 ? [...own, OTHERS] : own;
  const nameOf = useNames('workspace.team', own);
  const teamName = (team: string) => (team === OTHERS ? t('others') : nameOf(team));
  const members = (team: string) => (team === OTHERS ? rest : [team]);
  const won = (team: string, name: string) =>
    total(
      found
        .filter(({ group }) => group[unit] === name && members(team).includes(group.team!))
        .map(({ wonValue }) => sumIn(wonValue, currency)),
      currency,
    );
  const opening = (name: string | undefined, team?: string): Opening => ({
    figure: 'won',
    title: [t('won'), ...(team ? [teamName(team)] : []), ...(name ? [unitName(unit, name, true)] : [])].join(' · '),
    group: { ...(name ? { [unit]: name } : {}), ...(team ? { team: members(team).join(',') } : {}) },
  });
  const cellOf = (name: string, team: string): Cell => {
    const sum = won(team, name);
    return Number(sum.amount) === 0
      ? { text: <span className="faint">{'–'}</span>, raw: '0' }
      : { text: format.money(sum, currency), raw: sum.amount, opens: opening(name, team) };
  };
  const further = ({ wonValue, winRate, cycle }: Figures, opens: Opening): Cell[] => [
    {
      text: format.money(sumIn(wonValue, currency) ?? { amount: '0', currency }, currency),
      raw: sumIn(wonValue, currency)?.amount ?? '0',
      opens,
    },
    { text: winRate ? format.percent(winRate, 2) : '–', raw: winRate ?? '' },
    { text: cycle ? format.number(cycle.median) : '–', raw: cycle?.median ?? '' },
  ];
  const single = teams.length < 2;
  const rows = lines.map((line) => ({
    key: line.group[unit]!,
    name: unitName(unit, line.group[unit]!, span.period === 'all' || span.period === 'other'),
    cells: [...(single ? [] : teams.map((team) => cellOf(line.group[unit]!, team))), ...further(line, opening(line.group[unit]!))],
  }));
  const wholeRow = whole &&
    rows.length > 1 && {
      key: 'all',
      name: t('all'),
      total: true,
      cells: [
        ...(single
          ? []
          : teams.map((team): Cell => {
              const sum = total(
                lines.map(({ group }) => won(team, group[unit]!)),
                currency,
              );
              return { text: format.money(sum, currency), raw: sum.amount, opens: opening(undefined, team) };
            })),
        ...further(whole, opening(undefined)),
      ],
    };
  const most = Math.max(...lines.map(({ wonValue }) => Number(sumIn(wonValue, currency)?.amount ?? 0)), 1);
  const title = t(TITLES[unit]);
  const option = (look: ChartLook) => ({
    ...axes(
      look,
      rows.map(({ name }) => name),
      { max: most, interval: most / 4 },
    ),
    series: teams.map((team, at) => ({
      type: 'bar',
      stack: 'won',
      name: teamName(team),
      barMaxWidth: 76,
      barCategoryGap: '40%',
      itemStyle: { color: look.colours[team === OTHERS ? 6 : at], borderColor: look.ground, borderWidth: 1 },
      emphasis: { disabled: true },
      data: lines.map(({ group }) => Number(won(team, group[unit]!).amount)),
      ...(at === teams.length - 1
        ? {
            label: {
              show: lines.length <= 12,
              position: 'top',
              color: look.text,
              fontFamily: look.font,
              fontWeight: 600,
              fontSize: 12,
              formatter: ({ dataIndex }: { dataIndex: number }) =>
                format.money(sumIn(lines[dataIndex]!.wonValue, currency) ?? { amount: '0', currency }, currency),
            },
          }
        : {}),
    })),
  });
  return (
    <FigureCard
      title={title}
      about={t('byTeamIn', { currency })}
      query={{
        error: parts.error ?? all.error,
        isPending: parts.isPending || all.isPending,
        refetch: () => Promise.all([parts.refetch(), all.refetch()]),
      }}
      table={{
        head: [t(unit), ...(single ? [] : teams.map(teamName)), t('all'), t('winRate'), t('median')],
        rows: wholeRow ? [...rows, wholeRow] : rows,
      }}
      height={420}
    >
      <Chart
        label={t('chartSays', {
          title,
          values: format.list(
            lines.map(({ group, wonValue }) =>
              t('valueAt', { name: unitName(unit, group[unit]!, true), value: format.sums(wonValue, currency) }),
            ),
          ),
        })}
        height={200}
        past={past}
        option={option}
        onOpen={(series, at) => open(opening(lines[at]!.group[unit]!, teams[series]))}
      />
      {!single && (
        <ul className={css.legend} aria-hidden="true">
          {teams.map((team, at) => (
            <li key={team}>
              <i style={{ background: `var(--chart-${team === OTHERS ? 7 : at + 1})` }} />
              <bdi>{teamName(team)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </FigureCard>
  );
}
