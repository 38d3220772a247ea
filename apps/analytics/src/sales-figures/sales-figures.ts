import { Answer, Bag, Count, Id, moneyOf, Optional, Struct, Sums, Text, type Static } from '#model';
import { invalid, type Spans } from '#service';
import { dealsSql, groupSql, halfUp, list, Values, type Asked, type GroupBy } from './sql.ts';

/** Per cent and days as decimal text, rounded half up to two places. */
const Decimal = Text;

/** One line of figures; medians are exact. Sums are per currency. */
export const Figures = Answer('SalesFigures', {
  group: Bag(Text),
  opened: Count,
  won: Count,
  lost: Count,
  open: Count,
  /** won / (won + lost), in per cent; absent when nothing was closed. */
  winRate: Optional(Decimal),
  wonValue: Sums,
  openValue: Sums,
  /** Days from opening to winning. */
  cycle: Optional(Struct({ mean: Decimal, median: Decimal })),
});
export type Figures = Static<typeof Figures>;
export const Forecast = Answer('SalesForecast', { month: Text, deals: Count, value: Sums, weighted: Sums });
export type Forecast = Static<typeof Forecast>;
export const StageTime = Answer('StageTime', { stage: Id, deals: Count, meanDays: Decimal });
export type StageTime = Static<typeof StageTime>;
export const FIGURES = ['opened', 'won', 'lost', 'open'] as const;
export type Figure = (typeof FIGURES)[number];

const MOST_GROUPS = 10_000;
/** A deal counts once for each thing that happened to it: opened and closed on a business day, open at the moment asked. */
const FACTS = `fact AS (
  SELECT *, 'opened' AS figure, opened_on AS on_day FROM deal
  UNION ALL SELECT *, status AS figure, closed_on AS on_day FROM deal WHERE status IN ('won', 'lost')
  UNION ALL SELECT *, 'open' AS figure, opened_on AS on_day FROM deal WHERE status = 'open')`;

/** Sales figures as questions to spans. Every number opens to its records. */
export class SalesFigures {
  constructor(private readonly spans: Pick<Spans, 'ask'>) {}

  async figures(asked: Asked): Promise<Figures[]> {
    const values = new Values();
    const groups = asked.by.map((by, index) => `coalesce(${groupSql(by)}, 'none') AS g${index}`);
    const names = asked.by.map((_, index) => `g${index}`);
    const head = `${dealsSql(asked, values, unrolled(asked))}, ${FACTS}, grouped AS (SELECT *${groups.map((group) => `, ${group}`).join('')} FROM fact WHERE ${inPeriod(asked, values)})`;
    const by = names.length > 0 ? `GROUP BY ${names.join(', ')}` : '';
    const select = names.map((name) => `${name}, `).join('');
    const counts = await this.spans.ask(
      `${head} SELECT ${select} count(DISTINCT id) FILTER (figure = 'opened') AS opened, count(DISTINCT id) FILTER (figure = 'won') AS won, count(DISTINCT id) FILTER (figure = 'lost') AS lost, count(DISTINCT id) FILTER (figure = 'open') AS open FROM grouped ${by} ${by ? `ORDER BY ${names.join(', ')}` : ''} LIMIT ${MOST_GROUPS}`,
      values.list,
    );
    // A deal of several products has one cycle.
    const cycles = await this.spans.ask(
      `${head}, cycle AS (SELECT DISTINCT ${select} id, date_diff('day', CAST(opened_on AS DATE), CAST(closed_on AS DATE)) AS days FROM grouped WHERE figure = 'won') SELECT ${select} sum(days) AS total, count(*) AS deals, median(days) AS median FROM cycle ${by}`,
      values.list,
    );
    const sums = await this.spans.ask(
      `${head} SELECT ${select} figure, currency, CAST(sum(worth) AS VARCHAR) AS minor FROM grouped WHERE figure IN ('won', 'open') AND worth IS NOT NULL GROUP BY ${select} figure, currency ORDER BY currency`,
      values.list,
    );
    const key = (row: Record<string, unknown>) => JSON.stringify(names.map((name) => row[name]));
    const cycleOf = new Map(cycles.map((row) => [key(row), row]));
    return counts.map((row) => {
      const [won, lost] = [Number(row.won), Number(row.lost)];
      const cycle = cycleOf.get(key(row));
      const money = (figure: string) =>
        sums
          .filter((sum) => key(sum) === key(row) && sum.figure === figure)
          .map((sum) => moneyOf(BigInt(sum.minor as string), sum.currency as string));
      return {
        group: Object.fromEntries(asked.by.map((name, index) => [name, String(row[`g${index}`])])),
        opened: Number(row.opened),
        won,
        lost,
        open: Number(row.open),
        ...(won + lost > 0 ? { winRate: decimal(BigInt(won) * 100n, BigInt(won + lost)) } : {}),
        wonValue: money('won'),
        openValue: money('open'),
        ...(cycle && won > 0
          ? { cycle: { mean: decimal(BigInt(cycle.total as bigint), BigInt(cycle.deals as bigint)), median: String(cycle.median) } }
          : {}),
      };
    });
  }

  /** Open deals by the month they are expected to close in (else `none`), weighted by their stage and rounded once; deals without value are counted. */
  async forecast(asked: Asked): Promise<Forecast[]> {
    const values = new Values();
    const rows = await this.spans.ask(
      `${dealsSql(asked, values, false)} SELECT coalesce(substr(expected_close_on, 1, 7), 'none') AS month, currency, count(*) AS deals, CAST(sum(worth) AS VARCHAR) AS minor, CAST(sum(CAST(worth AS HUGEINT) * probability) AS VARCHAR) AS weighted FROM deal WHERE status = 'open' GROUP BY month, currency ORDER BY month, currency`,
      values.list,
    );
    const months = new Map<string, Forecast>();
    for (const row of rows) {
      const month = months.get(row.month as string) ?? { month: row.month as string, deals: 0, value: [], weighted: [] };
      months.set(month.month, month);
      month.deals += Number(row.deals);
      if (row.minor === null || row.currency === null) continue;
      month.value.push(moneyOf(BigInt(row.minor as string), row.currency as string));
      month.weighted.push(moneyOf(halfUp(BigInt(row.weighted as string), 100n), row.currency as string));
    }
    return [...months.values()];
  }

  /** How long deals stood in each stage, on the mean, up to the moment asked. */
  async stages(asked: Asked): Promise<StageTime[]> {
    const values = new Values();
    const head = dealsSql(asked, values, false);
    const [valid, known] = [values.add(asked.validAt), values.add(asked.knownAt)];
    const rows = await this.spans.ask(
      `${head} SELECT s.stage_id AS stage, count(DISTINCT s.id) AS deals, sum(epoch(CAST(least(s.valid_to, ${valid}) AS TIMESTAMP)) - epoch(CAST(s.valid_from AS TIMESTAMP))) / 86400 / count(DISTINCT s.id) AS days
       FROM deals s JOIN deal d ON d.id = s.id AND d.tenant = s.tenant WHERE s.status = 'open' AND s.valid_from <= ${valid} AND s.known_from <= ${known} AND ${known} < s.known_to GROUP BY s.stage_id ORDER BY s.stage_id`,
      values.list,
    );
    return rows.map((row) => ({ stage: row.stage as string, deals: Number(row.deals), meanDays: Number(row.days).toFixed(2) }));
  }

  /** The deals behind a number, the latest day first; `after` is the `next` of the page before. @throws Problem 400 when it is none */
  async records(asked: Asked, figure: Figure, groups: Record<string, string>, limit: number, after?: string): Promise<Records> {
    const values = new Values();
    const by = Object.keys(groups) as GroupBy[];
    const head = `${dealsSql(asked, values, unrolled({ ...asked, by }))}, ${FACTS}`;
    const wheres = [
      inPeriod(asked, values),
      `figure = ${values.add(figure)}`,
      ...(after === undefined ? [] : [further(after, values)]),
      ...by.map((name) => `coalesce(${groupSql(name)}, 'none') IN (${list([groups[name]!], values)})`),
    ];
    const rows = await this.spans.ask(
      `${head} SELECT DISTINCT id, on_day FROM fact WHERE ${wheres.join(' AND ')} ORDER BY on_day DESC, id LIMIT ${Math.trunc(limit)}`,
      values.list,
    );
    const last = rows.at(-1);
    return {
      ids: rows.map((row) => row.id as string),
      ...(last && rows.length === limit ? { next: `${String(last.on_day)}/${String(last.id)}` } : {}),
    };
  }
}

export type Records = { ids: string[]; next?: string };

/** What comes after a day and the id of that day's deal that was shown last. */
function further(after: string, values: Values): string {
  const [, on, id] = /^(\d{4}-\d{2}-\d{2})\/(.{1,200})$/.exec(after) ?? [];
  if (!on || !id) throw invalid([{ field: 'cursor', problem: 'is no cursor of ours' }]);
  const day = values.add(on);
  return `(on_day < ${day} OR (on_day = ${day} AND id > ${values.add(id)}))`;
}

/** Only by product is a deal taken apart into its lines. */
const unrolled = ({ by, only }: Pick<Asked, 'by' | 'only'>) =>
  [...by, ...only.map((one) => one.by)].some((name) => name === 'product' || name === 'series');

function inPeriod(asked: Asked, values: Values): string {
  const wheres = [
    'true',
    ...(asked.from ? [`on_day >= ${values.add(asked.from)}`] : []),
    ...(asked.to ? [`on_day <= ${values.add(asked.to)}`] : []),
  ];
  // What is open is open at the moment asked, whenever it began.
  return `(${wheres.join(' AND ')}${asked.by.some((by) => ['year', 'quarter', 'month', 'day'].includes(by)) ? '' : ` OR figure = 'open'`})`;
}

/** A quotient with two decimals, rounded half up. */
function decimal(dividend: bigint, divisor: bigint): string {
  const hundredths = halfUp(dividend * 100n, divisor)
    .toString()
    .padStart(3, '0');
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`;
}
