/** Parts of the statements behind the figures. Names are ours alone; whatever a caller sent is bound by place. */
export type Asked = {
  tenant: string;
  /** Business days, inclusive; absent is open. */
  from?: string;
  to?: string;
  by: GroupBy[];
  /** Moments, RFC 3339; `9998` for now. */
  validAt: string;
  knownAt: string;
  /** Whose deals may be counted, by today's owner; undefined: everybody's. */
  owners?: readonly string[];
  /** Only deals of these values of a grouping. */
  only: { by: Exclude<GroupBy, Period>; values: string[] }[];
};

export type Period = 'year' | 'quarter' | 'month' | 'day';
export const PERIODS: Record<Period, string> = {
  year: `strftime(CAST(on_day AS DATE), '%Y')`,
  quarter: `strftime(CAST(on_day AS DATE), '%Y') || '-Q' || quarter(CAST(on_day AS DATE))`,
  month: `strftime(CAST(on_day AS DATE), '%Y-%m')`,
  day: 'on_day',
};
export const LABELS = {
  owner: 'owner_id',
  manager: 'manager_id',
  team: 'team_id',
  product: 'product_id',
  account: 'account_id',
  sector: 'sector',
  country: 'country',
  stage: 'stage_id',
  pipeline: 'pipeline_id',
  series: 'series',
} as const;
export type GroupBy = Period | keyof typeof LABELS;
export const groupSql = (by: GroupBy): string => (by in PERIODS ? PERIODS[by as Period] : LABELS[by as keyof typeof LABELS]);

/** The values of a statement, numbered as they are named. */
export class Values {
  readonly list: (string | bigint)[] = [];
  add(value: string | bigint): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** What only labels or groups counts, before its first day, as its earliest known self. */
export const labelled = (table: string, columns: string[], tenant: string, valid: string, known: string) => `
  SELECT id, ${columns.join(', ')} FROM (
    SELECT id, ${columns.join(', ')}, row_number() OVER (PARTITION BY id ORDER BY (valid_from <= ${valid} AND ${valid} < valid_to) DESC, valid_from) AS place
    FROM ${table} WHERE tenant = ${tenant} AND known_from <= ${known} AND ${known} < known_to) WHERE place = 1`;

/** Every deal as it was at the moment asked, with its labels; `unrolled`: a row per product instead. */
export function dealsSql(asked: Asked, values: Values, unrolled: boolean): string {
  const [tenant, valid, known] = [values.add(asked.tenant), values.add(asked.validAt), values.add(asked.knownAt)];
  const owners = asked.owners
    ? `AND d.id IN (SELECT id FROM deals WHERE tenant = ${tenant} AND valid_to = '9999' AND known_to = '9999' AND owner_id IN (${list(asked.owners, values)}))`
    : '';
  const only = asked.only.map(({ by, values: wanted }) => `AND coalesce(${LABELS[by]}, 'none') IN (${list(wanted, values)})`).join(' ');
  const product = unrolled
    ? `unnest(CASE WHEN len(d.products) > 0 THEN d.products ELSE [NULL] END) AS product_id, unnest(CASE WHEN len(d.parts) > 0 THEN d.parts ELSE [d.minor] END) AS worth`
    : 'NULL AS product_id, d.minor AS worth';
  return `WITH
    users_then AS (${labelled('users', ['team_id', 'manager_id'], tenant, valid, known)}),
    accounts_then AS (${labelled('accounts', ['sector', 'country'], tenant, valid, known)}),
    products_then AS (${labelled('products', ['series'], tenant, valid, known)}),
    stages_then AS (SELECT unnest(stage_ids) AS stage, unnest(probabilities) AS probability FROM (${labelled('pipelines', ['stage_ids', 'probabilities'], tenant, valid, known)})),
    at_then AS (SELECT d.*, ${product} FROM deals d WHERE d.tenant = ${tenant} AND NOT d.removed AND d.valid_from <= ${valid} AND ${valid} < d.valid_to AND d.known_from <= ${known} AND ${known} < d.known_to ${owners}),
    deal AS (SELECT a.*, u.team_id, u.manager_id, c.sector, c.country, p.series, coalesce(s.probability, 0) AS probability
      FROM at_then a LEFT JOIN users_then u ON u.id = a.owner_id LEFT JOIN accounts_then c ON c.id = a.account_id LEFT JOIN products_then p ON p.id = a.product_id LEFT JOIN stages_then s ON s.stage = a.stage_id
      WHERE true ${only})`;
}

export const list = (items: readonly string[], values: Values): string =>
  items.length === 0 ? 'NULL' : items.map((item) => values.add(item)).join(', ');

/** A quotient rounded half up, away from zero. */
export const halfUp = (dividend: bigint, divisor: bigint): bigint =>
  dividend < 0n ? -halfUp(-dividend, divisor) : (2n * dividend + divisor) / (2n * divisor);
