import { asDay, asMoney, asText, asWhole, column, columns, nameKey, refTo, said, type Fault, type Named, type Step } from '#records';
import { userKey } from '#service';
import { accountName, userName } from '../names.ts';
import { pipelineRow } from '../pipeline/pipeline-row.ts';
import type { Stage } from '../pipeline/pipeline.ts';
import { productRow } from '../product/product-row.ts';
import type { Opportunity } from './opportunity.ts';
import { opportunityRow } from './opportunity-row.ts';

const ENDED = new Map([
  ['won', 'won'],
  ['closedwon', 'won'],
  ['lost', 'lost'],
  ['closedlost', 'lost'],
] as const);
const NO_REASON = 'not recorded';

type NamedPipeline = Named & { name: string; stages: Stage[] };

/**
 * Deals in files, with what happened to them: a deal was opened on its opening day and won or lost on its closing day; one that is still open is expected to close on it. A
 * closed deal whose stage is not told stood in the pipeline's last one.
 */
export const opportunityColumns = columns(
  {
    externalId: column('External id', asText(100), 'opportunity id', 'deal id', 'record id'),
    name: column('Name', asText(200), 'deal name', 'opportunity name', 'deal'),
    pipeline: refTo<NamedPipeline>(
      'Pipeline',
      { view: pipelineRow, by: 'nameKey', key: nameKey, usual: { field: 'isDefault', value: true } },
      'pipelineId',
      'sales process',
    ),
    stage: column('Stage', asText(100), 'deal stage', 'stage name', 'sales stage'),
    status: column('Status', asText(100), 'state', 'outcome'),
    account: refTo<Named>(
      'Account',
      { view: accountName, by: 'keys', list: true, key: nameKey },
      'company',
      'company name',
      'account name',
      'associated company',
      'accountId',
    ),
    owner: refTo<Named>(
      'Owner',
      { view: userName, by: 'keys', list: true, key: userKey },
      'deal owner',
      'opportunity owner',
      'sales agent',
      'sales rep',
      'ownerId',
    ),
    product: refTo<Named>('Product', { view: productRow, by: 'keys', list: true, key: nameKey }, 'product name', 'product code', 'sku'),
    quantity: column('Quantity', asWhole(1, 1_000_000), 'units'),
    value: column('Value', asMoney, 'amount', 'deal value', 'close value'),
    openedOn: column('Opened on', asDay, 'engage date', 'create date', 'created', 'created date', 'open date'),
    closedOn: column('Closed on', asDay, 'close date', 'closed date', 'expected close date', 'expectedCloseOn'),
    reason: column('Reason of loss', asText(300), 'loss reason', 'lost reason', 'closed lost reason'),
    source: column('Source', asText(100), 'lead source'),
  },
  {
    keys: { externalId: { view: opportunityRow, field: 'externalId', key: (text) => text } },
    custom: true,
    steps: (row, was: Opportunity | undefined): Step[] | Fault => {
      const { pipeline, account, owner, product, quantity = 1, value, stage, status, openedOn, closedOn, reason, custom, ...plain } = row;
      const ended = ENDED.get(nameKey(status ?? '') as 'won') ?? ENDED.get(nameKey(stage ?? '') as 'won');
      if (!pipeline) return { field: 'pipeline', problem: 'is missing, and there is no usual one' };
      const stages = pipeline.stages.filter(({ retired }) => !retired);
      const named = stages.find(({ stageId, name }) => stageId === stage || nameKey(name) === nameKey(stage ?? ''));
      if (stage && !named && !ended)
        return { field: 'stage', problem: `is no stage of ${pipeline.name}`, hint: stages.map(({ name }) => name).join(', ') };
      const stageId = (named ?? (ended ? stages.at(-1) : undefined))?.stageId;
      const from = openedOn ?? (ended ? closedOn : undefined);
      const ending: Step[] =
        ended === 'won'
          ? [{ command: 'win', data: said({ closedOn, value }), ...on(closedOn) }]
          : ended === 'lost'
            ? [{ command: 'lose', data: said({ closedOn, reason: reason ?? NO_REASON }), ...on(closedOn) }]
            : [];
      const fields = said({
        ...plain,
        accountId: account?.id,
        ownerId: owner?.id,
        // What a won deal was closed at is known at its end; a lost one was hoped to bring what stands there.
        value: ended === 'won' || (ended === 'lost' && Number(value?.amount) === 0) ? undefined : value,
        expectedCloseOn: ended ? undefined : closedOn,
        custom: custom && { ...was?.custom, ...custom },
      });
      const line: Step[] =
        product && !was?.lines.some(({ productId }) => productId === product.id)
          ? [{ command: 'addLine', data: { productId: product.id, quantity }, ...(was ? {} : on(from)) }]
          : [];
      if (!was) {
        const name = plain.name ?? ([account?.name, product?.name].filter(Boolean).join(' – ') || plain.externalId);
        const opening = said({ ...fields, name, pipelineId: pipeline.id, stageId, openedOn: from });
        return [{ command: 'open', data: opening, ...on(from) }, ...line, ...ending];
      }
      const same = ended ? was.status === ended : was.status === 'open';
      if (same && ended) return [{ command: 'change', data: without(fields, 'value') }];
      const reopened: Step[] = was.status === 'open' ? [] : [{ command: 'reopen', data: {} }];
      const moved: Step[] = stageId && !ended && stageId !== was.stageId ? [{ command: 'moveStage', data: { stageId } }] : [];
      return [...reopened, { command: 'change', data: fields }, ...line, ...moved, ...ending];
    },
  },
);

const on = (day: string | undefined): { on?: string } => (day ? { on: day } : {});

const without = (fields: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
