import {
  Answer,
  Count,
  Day,
  Flag,
  Id,
  Instant,
  List,
  Money,
  moneyOf,
  OneOf,
  Optional,
  Struct,
  Sums,
  Text,
  Whole,
  type Static,
} from '#model';
import type { Spans } from '#service';
import { dealsSql, halfUp, labelled, Values, type Asked } from './sql.ts';

/** What has become of a deal since. */
const Now = Struct({ status: OneOf('open', 'won', 'lost'), stageId: Id, removed: Flag });
const Card = Answer('BoardThenCard', {
  id: Id,
  ownerId: Id,
  accountId: Optional(Id),
  worth: Optional(Money),
  openedOn: Day,
  expectedCloseOn: Optional(Day),
  stageSince: Instant,
  now: Now,
});
const Stage = Answer('BoardThenStage', {
  pipelineId: Id,
  stageId: Id,
  name: Text,
  probability: Whole,
  count: Count,
  value: Sums,
  weighted: Sums,
  /** The worthiest first; `more`: how many there are beyond them. */
  cards: List(Card),
  more: Count,
});
/** `since`: what has become, up to now, of the deals that were open then, and how many were opened later. */
export const BoardThen = Answer('BoardThen', {
  stages: List(Stage),
  since: Struct({ stayed: Count, moved: Count, won: Count, lost: Count, removed: Count, opened: Count }),
});
export type BoardThen = Static<typeof BoardThen>;

type Row = Record<string, unknown>;
const money = (minor: unknown, currency: unknown) => moneyOf(BigInt(minor as string), currency as string);

/** The board as it stood at the moment asked: open deals by stage, of every pipeline unless one is named. Names are looked up elsewhere, per page. */
export async function boardThen(spans: Pick<Spans, 'ask'>, asked: Asked, limit: number): Promise<BoardThen> {
  const pipelines = asked.only.find(({ by }) => by === 'pipeline')?.values;
  const [stages, totals, cards, since] = await Promise.all([
    stagesThen(spans, asked),
    openDeals(spans, asked, (open) => [
      `SELECT stage_id, currency, count(*) AS deals, CAST(sum(worth) AS VARCHAR) AS minor, CAST(sum(CAST(worth AS HUGEINT) * probability) AS VARCHAR) AS weighted FROM ${open} GROUP BY stage_id, currency ORDER BY currency`,
    ]),
    openDeals(spans, asked, (open, values) => [
      `SELECT * FROM (SELECT o.*, CAST(o.worth AS VARCHAR) AS minor_text, n.status AS now_status, n.stage_id AS now_stage, n.removed AS now_removed,
         row_number() OVER (PARTITION BY o.stage_id ORDER BY o.worth DESC NULLS LAST, o.id) AS place
         FROM ${open} o JOIN present n ON n.id = o.id) WHERE place <= ${Math.trunc(limit)} ORDER BY stage_id, place`,
      present(asked, values),
    ]),
    openDeals(spans, asked, (open, values) => [
      `SELECT count(*) FILTER (WHERE NOT n.removed AND n.status = 'open' AND n.stage_id = o.stage_id) AS stayed,
         count(*) FILTER (WHERE NOT n.removed AND n.status = 'open' AND n.stage_id <> o.stage_id) AS moved,
         count(*) FILTER (WHERE NOT n.removed AND n.status = 'won') AS won, count(*) FILTER (WHERE NOT n.removed AND n.status = 'lost') AS lost,
         count(*) FILTER (WHERE n.removed) AS removed FROM ${open} o JOIN present n ON n.id = o.id`,
      present(asked, values),
    ]),
  ]);
  const [nowOpen] = await openDeals(spans, { ...asked, validAt: LATEST, knownAt: LATEST }, (open) => [
    `SELECT count(*) AS deals FROM ${open}`,
  ]);
  const count = (name: string) => Number(since[0]?.[name] ?? 0);
  return {
    stages: stages
      .filter(({ pipelineId }) => !pipelines || pipelines.includes(pipelineId))
      .map((stage) => {
        const mine = totals.filter((row) => row.stage_id === stage.stageId);
        const all = mine.reduce((sum, row) => sum + Number(row.deals), 0);
        const shown = cards.filter((row) => row.stage_id === stage.stageId).map(cardOf);
        const worths = mine.filter((row) => row.minor !== null && row.currency !== null);
        return {
          ...stage,
          count: all,
          value: worths.map((row) => money(row.minor, row.currency)),
          weighted: worths.map((row) => moneyOf(halfUp(BigInt(row.weighted as string), 100n), row.currency as string)),
          cards: shown,
          more: all - shown.length,
        };
      })
      .filter((stage) => !stage.retired || stage.count > 0)
      .map(({ retired: _, ...stage }) => stage),
    since: {
      stayed: count('stayed'),
      moved: count('moved'),
      won: count('won'),
      lost: count('lost'),
      removed: count('removed'),
      opened: Number(nowOpen?.deals ?? 0) - count('stayed') - count('moved'),
    },
  };
}

/** Later than any event, earlier than the end of an open span. */
const LATEST = '9998';

/** Asks of the deals that were open at the moment; `further`: more common tables. */
function openDeals(
  spans: Pick<Spans, 'ask'>,
  asked: Asked,
  question: (open: string, values: Values) => [select: string, ...further: string[]],
): Promise<Row[]> {
  const values = new Values();
  const head = dealsSql(asked, values, false);
  const [select, ...further] = question(`(SELECT * FROM deal WHERE status = 'open')`, values);
  return spans.ask([head, ...further].join(', ') + ` ${select}`, values.list);
}

/** Every deal as it is now. */
const present = ({ tenant }: Asked, values: Values) =>
  `present AS (SELECT id, status, stage_id, removed FROM deals WHERE tenant = ${values.add(tenant)} AND valid_to = '9999' AND known_to = '9999')`;

async function stagesThen(spans: Pick<Spans, 'ask'>, { tenant, validAt, knownAt }: Asked) {
  const values = new Values();
  const columns = ['stage_ids', 'stage_names', 'probabilities', 'retired'];
  const rows = await spans.ask(
    `${labelled('pipelines', columns, values.add(tenant), values.add(validAt), values.add(knownAt))} ORDER BY id`,
    values.list,
  );
  return rows.flatMap((row) => {
    const [ids, names, probabilities, retired] = columns.map((column) => row[column] as unknown[]);
    return ids!.map((stageId, at) => ({
      pipelineId: row.id as string,
      stageId: stageId as string,
      name: names![at] as string,
      probability: Number(probabilities![at]),
      retired: Number(retired![at]) === 1,
    }));
  });
}

const cardOf = (row: Row) => ({
  id: row.id as string,
  ownerId: row.owner_id as string,
  ...(row.account_id === null ? {} : { accountId: row.account_id as string }),
  ...(row.minor_text === null || row.currency === null ? {} : { worth: money(row.minor_text, row.currency) }),
  openedOn: row.opened_on as string,
  ...(row.expected_close_on === null ? {} : { expectedCloseOn: row.expected_close_on as string }),
  stageSince: row.stage_since as string,
  now: { status: row.now_status as 'open' | 'won' | 'lost', stageId: row.now_stage as string, removed: row.now_removed as boolean },
});
