import type { ReactNode } from 'react';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import type { Money } from '../../format/format.ts';
import { useSetUpTexts } from '../../texts/setup/index.ts';
import { useGrantSentence, type Grant } from '../grants/grant-sentence.tsx';
import { RecordName } from '../record-name.tsx';
import { Changes, useChangeLabel } from './changes.tsx';
import { listChange, type Change } from './differences.ts';
import css from './history.module.css';
import { stageChanges, type Stage, type StageChange } from './stage-changes.ts';

/** What changed of people, teams, roles, products and pipelines: as other records tell it, but for lists of their own. */
export function SetUpChanges({ kind, changes }: { kind: string; changes: readonly Change[] }) {
  return changes.map((change) => (
    <span key={change.field} className={changes.length > 1 ? css.line : undefined}>
      <OneChange kind={kind} change={change} />
    </span>
  ));
}

function OneChange({ kind, change }: { kind: string; change: Change }): ReactNode {
  const [format, usual, sentence] = [useFormat(), useUsualCurrency(), useGrantSentence()];
  switch (change.field) {
    case 'stages':
      return <Stages changes={stageChanges((change.from ?? []) as Stage[], (change.to ?? []) as Stage[])} />;
    case 'grants':
      return <Grants {...listChange(change.from, change.to)} say={sentence} />;
    case 'roleIds':
      return <Listed change={change} show={(id) => <RecordName kind="workspace.role" id={String(id)} plain />} />;
    case 'prices':
      return <Listed change={change} show={(price) => <bdi>{format.money(price as Money, usual)}</bdi>} />;
    case 'columns':
      // Which columns stand where says little; that they changed is enough.
      return <Listed change={{ field: 'columns' }} show={() => null} />;
    default:
      return <Changes kind={kind} changes={[change]} />;
  }
}

/** What a list lost, struck through, and what it got. */
function Listed({ change, show }: { change: Change; show: (one: unknown) => ReactNode }) {
  const labelOf = useChangeLabel();
  const { gone, come } = listChange(change.from, change.to);
  return (
    <span className={css.change}>
      <span className={css.field}>{labelOf(change.field)}</span>
      {gone.map((one) => (
        <s key={JSON.stringify(one)}>{show(one)}</s>
      ))}
      {come.map((one) => (
        <span key={JSON.stringify(one)} className="medium">
          {show(one)}
        </span>
      ))}
    </span>
  );
}

function Grants({ gone, come, say }: { gone: unknown[]; come: unknown[]; say: (grant: Grant) => string }) {
  const t = useSetUpTexts();
  return (
    <>
      {gone.map((grant) => (
        <span key={JSON.stringify(grant)} className={css.line}>
          {t('grantGone', { grant: say(grant as Grant) })}
        </span>
      ))}
      {come.map((grant) => (
        <span key={JSON.stringify(grant)} className={css.line}>
          {t('grantCome', { grant: say(grant as Grant) })}
        </span>
      ))}
    </>
  );
}

function Stages({ changes }: { changes: readonly StageChange[] }) {
  const [t, format] = [useSetUpTexts(), useFormat()];
  const name = (text: string) => <bdi className="medium">{text}</bdi>;
  return changes.map((change) => (
    <span key={JSON.stringify(change)} className={css.line}>
      {change.what === 'renamed'
        ? t.rich('stageRenamed', { from: name(change.from), to: name(change.to) })
        : change.what === 'likely'
          ? t.rich('stageLikely', { stage: name(change.stage), from: format.percent(change.from, 0), to: format.percent(change.to, 0) })
          : change.what === 'ordered'
            ? t.rich('stagesOrdered', { stages: <bdi>{format.list(change.stages)}</bdi> })
            : t.rich(change.what === 'added' ? 'stageAdded' : change.what === 'retired' ? 'stageRetired' : 'stageBack', {
                stage: name(change.stage),
              })}
    </span>
  ));
}
