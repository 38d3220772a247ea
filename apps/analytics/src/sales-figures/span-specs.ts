import { fold, minorOf, on, start, timesMoney, type Money } from '#model';
import { AccountChanged, AccountCreated, AccountRemoved, AccountRestored } from '#events/contacts/account';
import {
  LineAdded,
  LineChanged,
  LineRemoved,
  OpportunityChanged,
  OpportunityLost,
  OpportunityOpened,
  OpportunityRemoved,
  OpportunityReopened,
  OpportunityRestored,
  OpportunityStageMoved,
  OpportunityWon,
} from '#events/sales/opportunity';
import { PipelineChanged, PipelineCreated } from '#events/sales/pipeline';
import { ProductChanged, ProductCreated } from '#events/sales/product';
import { TeamChanged, TeamCreated } from '#events/workspace/team';
import { UserChanged, UserCreated } from '#events/workspace/user';
import type { SpanSpec } from '#service';

type Line = { lineId: string; productId: string; quantity: number; price: Money };
type Deal = {
  ownerId: string;
  accountId?: string;
  pipelineId: string;
  stageId: string;
  stageSince: string;
  status: 'open' | 'won' | 'lost';
  value?: Money;
  wonValue?: Money;
  openedOn: string;
  closedOn?: string;
  expectedCloseOn?: string;
  lines: Line[];
  removed: boolean;
};

const dealFold = fold<Deal>(
  start(OpportunityOpened, ({ data, at }) => ({
    ownerId: data.ownerId,
    accountId: data.accountId,
    pipelineId: data.pipelineId,
    stageId: data.stageId,
    stageSince: at,
    status: 'open',
    value: data.value,
    openedOn: data.openedOn,
    expectedCloseOn: data.expectedCloseOn,
    lines: [],
    removed: false,
  })),
  on(OpportunityStageMoved, (deal, e) => ({ ...deal, stageId: e.data.to, stageSince: e.at })),
  on(OpportunityChanged, (deal, e) => OpportunityChanged.apply(deal, e)),
  on(LineAdded, (deal, { data: { place, ...line } }) => ({ ...deal, lines: deal.lines.toSpliced(place ?? deal.lines.length, 0, line) })),
  on(LineChanged, (deal, e) => ({
    ...deal,
    lines: deal.lines.map((line) => (line.lineId === e.data.lineId ? { ...line, ...e.data.to } : line)),
  })),
  on(LineRemoved, (deal, e) => ({ ...deal, lines: deal.lines.filter((line) => line.lineId !== e.data.lineId) })),
  on(OpportunityWon, (deal, e) => ({ ...deal, status: 'won', wonValue: e.data.value, closedOn: e.data.closedOn })),
  on(OpportunityLost, (deal, e) => ({ ...deal, status: 'lost', closedOn: e.data.closedOn })),
  on(OpportunityReopened, (deal) => ({ ...deal, status: 'open', closedOn: undefined, wonValue: undefined })),
  on(OpportunityRemoved, (deal) => ({ ...deal, removed: true })),
  on(OpportunityRestored, (deal) => ({ ...deal, removed: false })),
);

/** A deal's worth and each of its products' part of it: a single product's is the whole, several products' are those of their lines. */
function worth(deal: Deal): { minor: bigint | null; currency: string | null; products: string[]; parts: bigint[] } {
  const lines = deal.lines.map((line) => ({ productId: line.productId, minor: minorOf(timesMoney(line.price, line.quantity)) }));
  const total = lines.reduce((sum, line) => sum + line.minor, 0n);
  const said = deal.wonValue ?? deal.value;
  const minor = said ? minorOf(said) : lines.length > 0 ? total : null;
  const byProduct = new Map<string, bigint>();
  for (const line of lines) byProduct.set(line.productId, (byProduct.get(line.productId) ?? 0n) + line.minor);
  if (byProduct.size === 1 && minor !== null) byProduct.set([...byProduct.keys()][0]!, minor);
  return {
    minor,
    currency: said?.currency ?? deal.lines[0]?.price.currency ?? null,
    products: [...byProduct.keys()],
    parts: [...byProduct.values()],
  };
}

const deals: SpanSpec = {
  table: 'deals',
  version: 1,
  kind: 'sales.opportunity',
  handlers: dealFold,
  columns: {
    owner_id: 'text',
    account_id: 'text',
    pipeline_id: 'text',
    stage_id: 'text',
    stage_since: 'text',
    status: 'text',
    minor: 'whole',
    currency: 'text',
    opened_on: 'day',
    closed_on: 'day',
    expected_close_on: 'day',
    products: 'texts',
    parts: 'wholes',
    removed: 'flag',
  },
  values: (deal: Deal) => {
    const { minor, currency, products, parts } = worth(deal);
    return {
      owner_id: deal.ownerId,
      account_id: deal.accountId ?? null,
      pipeline_id: deal.pipelineId,
      stage_id: deal.stageId,
      stage_since: deal.stageSince,
      status: deal.status,
      minor,
      currency,
      opened_on: deal.openedOn,
      closed_on: deal.closedOn ?? null,
      expected_close_on: deal.expectedCloseOn ?? null,
      products,
      parts,
      removed: deal.removed,
    };
  },
};

const accounts: SpanSpec = {
  table: 'accounts',
  version: 1,
  kind: 'contacts.account',
  handlers: fold<Record<string, any> & { removed: boolean }>(
    start(AccountCreated, (e) => ({ ...e.data, removed: false })),
    on(AccountChanged, (account, e) => AccountChanged.apply(account, e)),
    on(AccountRemoved, (account) => ({ ...account, removed: true })),
    on(AccountRestored, (account) => ({ ...account, removed: false })),
  ),
  columns: { sector: 'text', country: 'text', parent_id: 'text' },
  values: (account) => ({ sector: account.sector ?? null, country: account.country ?? null, parent_id: account.parentId ?? null }),
};

const users: SpanSpec = {
  table: 'users',
  version: 1,
  kind: 'workspace.user',
  handlers: fold<Record<string, any>>(
    start(UserCreated, (e) => e.data),
    on(UserChanged, (user, e) => UserChanged.apply(user, e)),
  ),
  columns: { team_id: 'text', manager_id: 'text' },
  values: (user) => ({ team_id: user.teamId ?? null, manager_id: user.managerId ?? null }),
};

const teams: SpanSpec = {
  table: 'teams',
  version: 1,
  kind: 'workspace.team',
  handlers: fold<Record<string, any>>(
    start(TeamCreated, (e) => e.data),
    on(TeamChanged, (team, e) => TeamChanged.apply(team, e)),
  ),
  columns: { name: 'text' },
  values: (team) => ({ name: team.name }),
};

const products: SpanSpec = {
  table: 'products',
  version: 1,
  kind: 'sales.product',
  handlers: fold<Record<string, any>>(
    start(ProductCreated, (e) => e.data),
    on(ProductChanged, (product, e) => ProductChanged.apply(product, e)),
  ),
  columns: { name: 'text', series: 'text' },
  values: (product) => ({ name: product.name, series: product.series ?? null }),
};

type Stages = { stages: { stageId: string; name: string; probability: number; retired: boolean }[] };
const pipelines: SpanSpec = {
  table: 'pipelines',
  version: 1,
  kind: 'sales.pipeline',
  handlers: fold<Stages>(
    start(PipelineCreated, (e) => ({ stages: e.data.stages })),
    on(PipelineChanged, (pipeline, e) => PipelineChanged.apply(pipeline, e)),
  ),
  columns: { stage_ids: 'texts', stage_names: 'texts', probabilities: 'wholes', retired: 'wholes' },
  values: ({ stages }: Stages) => ({
    stage_ids: stages.map((one) => one.stageId),
    stage_names: stages.map((one) => one.name),
    probabilities: stages.map((one) => BigInt(one.probability)),
    retired: stages.map((one) => (one.retired ? 1n : 0n)),
  }),
};

/** Everything sales figures are made of. */
export const SALES_SPANS: SpanSpec[] = [deals, accounts, users, teams, products, pipelines];
