import { Modal } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useUsualCurrency } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { Conflict, type Difference } from '../../../parts/conflict.tsx';
import { CellDay, CellMoney, CellRecord, CellText } from '../../../parts/fields/cell-editors.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useProblemTexts } from '../../../parts/notice.tsx';
import { useHidden } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { DEALS, type Deal } from '../deal.ts';
import { useDealActs } from '../use-deal-acts.ts';
import { useStage } from '../use-pipelines.ts';
import css from './deal.module.css';
import { Fact } from './fact.tsx';
import { useFieldValue } from './use-field-value.tsx';

type Field = 'name' | 'accountId' | 'contactId' | 'ownerId' | 'value' | 'expectedCloseOn' | 'source' | 'externalId';
const FIELDS: readonly Field[] = ['name', 'accountId', 'contactId', 'ownerId', 'value', 'expectedCloseOn', 'source', 'externalId'];
type Clash = { differences: Difference[]; revision: number | undefined };

/** A deal's fields, each edited in its place, each with what it was before. `today`: as it is now, where a past moment is shown. */
export function FactsCard({
  deal,
  today,
  revision,
  edits,
}: {
  deal: Deal;
  today: Deal | undefined;
  revision: number | undefined;
  edits: boolean;
}) {
  const [t, parts, fieldOf, valueOf, say] = [useDealTexts(), usePartTexts(), useFieldTexts(), useFieldValue(), useProblemTexts()];
  const [stageOf, hidden, acts] = [useStage(), useHidden(DEALS), useDealActs()];
  const [refused, setRefused] = useState<{ field: Field; text: string }>();
  const [clash, setClash] = useState<Clash>();
  const said = (field: string) => t('fieldChanged', { field: fieldOf(field), name: deal.name });

  const keep = async (field: Field, value: unknown) => {
    setRefused(undefined);
    try {
      await acts.change(deal, { [field]: value }, said(field), revision);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) return meet(field, value);
      const problem =
        error instanceof ApiProblem && error.code === 'currencies-mixed'
          ? { title: t('oneCurrency'), detail: t('oneCurrencyNext') }
          : say(error);
      setRefused({ field, text: `${(error instanceof ApiProblem && error.of(field)) || problem.title} ${problem.detail ?? ''}` });
    }
    return undefined;
  };
  /** Somebody has changed the deal since it was shown: where it is another field, nothing is in the way. */
  const meet = async (field: Field, value: unknown) => {
    const now = await api.get('/opportunities/{id}', { params: { id: deal.id } });
    if (JSON.stringify(now.data[field]) === JSON.stringify(deal[field]))
      return void acts.attempt(acts.change(now.data, { [field]: value }, said(field), now.revision));
    return setClash({ differences: [{ field, label: fieldOf(field), mine: value, theirs: now.data[field] }], revision: now.revision });
  };
  const stage = stageOf(deal.stageId);
  return (
    <Card title={t('facts')} className={css.facts}>
      <dl className={css.factList}>
        {FIELDS.filter((field) => !hidden.includes(field)).map((field) => (
          <Fact
            key={field}
            deal={deal}
            field={field}
            label={fieldOf(field)}
            value={
              valueOf(field, deal[field]) ??
              (field === 'value' && deal.lines.length > 0 ? <span className="muted">{t('byLines')}</span> : undefined)
            }
            today={
              today && JSON.stringify(today[field]) !== JSON.stringify(deal[field])
                ? (valueOf(field, today[field]) ?? parts('none'))
                : undefined
            }
            editor={
              edits && !(field === 'value' && !deal.open)
                ? (how) => <Editor deal={deal} field={field} label={fieldOf(field)} {...how} />
                : undefined
            }
            onKeep={(value) => void keep(field, value)}
            refusal={refused?.field === field ? refused.text : undefined}
            putsBack={edits && !(field === 'value' && !deal.open)}
          />
        ))}
        {stage && (
          <Fact
            deal={deal}
            field="pipelineId"
            label={fieldOf('pipelineId')}
            value={<bdi>{stage.pipeline.name}</bdi>}
            onKeep={() => undefined}
            putsBack={false}
          />
        )}
      </dl>
      <Modal
        opened={clash !== undefined}
        onClose={() => setClash(undefined)}
        title={deal.name}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        {clash && (
          <Conflict
            differences={clash.differences}
            show={(field, value) => valueOf(field, value) ?? parts('none')}
            onSave={(chosen) => {
              setClash(undefined);
              const [field] = Object.keys(chosen);
              if (field) void acts.attempt(acts.change(deal, chosen, said(field), clash.revision));
            }}
            onDrop={() => setClash(undefined)}
          />
        )}
      </Modal>
    </Card>
  );
}

function Editor({
  deal,
  field,
  label,
  keep,
  drop,
}: {
  deal: Deal;
  field: Field;
  label: string;
  keep: (value: unknown) => void;
  drop: () => void;
}) {
  const usual = useUsualCurrency();
  const how = { label, keep, drop };
  switch (field) {
    case 'accountId':
      return <CellRecord kind="contacts.account" value={deal.accountId} clearable {...how} />;
    case 'contactId':
      return <CellRecord kind="contacts.contact" value={deal.contactId} clearable {...how} />;
    case 'ownerId':
      return <CellRecord kind="workspace.user" value={deal.ownerId} {...how} />;
    case 'value':
      return <CellMoney value={deal.value} usual={deal.worth?.currency ?? usual ?? 'USD'} {...how} />;
    case 'expectedCloseOn':
      return <CellDay value={deal.expectedCloseOn} {...how} />;
    default:
      return <CellText value={deal[field]} {...how} />;
  }
}
