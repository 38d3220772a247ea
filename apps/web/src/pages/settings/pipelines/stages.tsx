import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Card } from '../../../parts/card.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { useReorder } from '../../../parts/use-reorder.ts';
import { queryClient } from '../../../queries/client.ts';
import { countQuery } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePipelineTexts } from '../../../texts/pipelines/index.ts';
import css from './pipelines.module.css';
import { type Pipeline } from './pipelines.tsx';

type Stage = Pipeline['stages'][number];
/** A stage that is not there yet has no id. */
type Wanted = Omit<Stage, 'stageId'> & { stageId?: string };
const KIND = 'sales.pipeline';
const NEW_LIKELY = 50;

/** The stages of a pipeline: each act is done at once and can be taken back. */
export function Stages({ pipeline, revision }: { pipeline: Pipeline; revision: number | undefined }) {
  const [t, acts, may] = [usePipelineTexts(), useActs(), useMay()];
  const [meanwhile, setMeanwhile] = useState(false);
  const changes = may('change', KIND);
  const used = pipeline.stages.filter(({ retired }) => !retired);
  const retired = pipeline.stages.filter((stage) => stage.retired);
  const nameOf = (id: string) => used.find(({ stageId }) => stageId === id)?.name ?? '';

  /** Shown at once; put back where it is refused, with the reason. */
  const put = async (stages: readonly Wanted[], said: string) => {
    const { queryKey } = recordQuery(KIND, pipeline.id);
    const before = queryClient.getQueryData(queryKey);
    const shown = stages.filter((stage): stage is Stage => stage.stageId !== undefined);
    if (before) queryClient.setQueryData(queryKey, { ...before, doc: { ...before.doc, stages: [...shown] } });
    setMeanwhile(false);
    try {
      await acts.perform(
        'sales',
        (act) => api.patch('/pipelines/{id}', { params: { id: pipeline.id }, body: { stages: [...stages] }, act, ifMatch: revision }),
        () => said,
      );
    } catch (error) {
      if (before) queryClient.setQueryData(queryKey, before);
      if (error instanceof ApiProblem && error.status === 412) setMeanwhile(true);
      else acts.refused(error);
    }
    await refresh('sales.pipeline');
  };
  const change = (stage: Stage, patch: Partial<Stage>, said: string) =>
    put(
      pipeline.stages.map((one) => (one.stageId === stage.stageId ? { ...one, ...patch } : one)),
      said,
    );
  const { order, lifted, told, list, handle } = useReorder(
    used.map(({ stageId }) => stageId),
    (ids, moved) =>
      void put(
        [...ids.map((id) => used.find(({ stageId }) => stageId === id)!), ...retired],
        t('movedSaid', { stage: nameOf(moved), n: ids.indexOf(moved) + 1 }),
      ),
    {
      lifted: (id) => t('lifted', { stage: nameOf(id) }),
      at: (id, place) => t('nowAt', { stage: nameOf(id), n: place, of: used.length }),
    },
  );
  const shown = order.flatMap((id) => used.find(({ stageId }) => stageId === id) ?? []);
  return (
    <>
      {meanwhile && <Notice wrong>{t('changedMeanwhile')}</Notice>}
      <Card title={t('stagesTitle')} count={used.length} flush>
        {changes && <p className={`${css.foot} sm muted`}>{t('stagesHint')}</p>}
        <div className={css.stages} ref={list as React.RefObject<HTMLDivElement>} role="list" aria-label={t('stagesTitle')}>
          <div className={css.head} aria-hidden="true">
            <span />
            <span>{t('stage')}</span>
            <span className={css.num}>{t('probability')}</span>
            <span className={css.num}>{t('deals')}</span>
            <span />
          </div>
          {shown.map((stage, at) => (
            <Row
              key={stage.stageId}
              stage={stage}
              place={at + 1}
              of={shown.length}
              readOnly={!changes}
              lifted={lifted === stage.stageId}
              grip={
                changes && (
                  <button
                    type="button"
                    className={css.grip}
                    aria-label={t('move', { stage: stage.name, n: at + 1, of: shown.length })}
                    {...handle(stage.stageId)}
                  >
                    <Icon name="grip" />
                  </button>
                )
              }
              onChange={(patch, said) => void change(stage, patch, said)}
            />
          ))}
        </div>
        {changes && (
          <div className={css.foot}>
            <AddStage
              taken={used.map(({ name }) => name)}
              onAdd={(name) =>
                void put([...used, { name, probability: NEW_LIKELY, retired: false }, ...retired], t('stageAdded', { stage: name }))
              }
            />
          </div>
        )}
        <span className="sr" aria-live="assertive">
          {told}
        </span>
      </Card>
      {retired.length > 0 && (
        <Card title={t('retiredTitle')} count={t('retiredHint')}>
          {retired.map((stage) => (
            <div key={stage.stageId} className={css.retired}>
              <bdi>{stage.name}</bdi>
              {changes && (
                <Button
                  className="end"
                  size="xs"
                  onClick={() => void change(stage, { retired: false }, t('restoredSaid', { stage: stage.name }))}
                >
                  {t('restore')}
                </Button>
              )}
            </div>
          ))}
        </Card>
      )}
    </>
  );
}

function Row({
  stage,
  place,
  of,
  lifted,
  readOnly,
  grip,
  onChange,
}: {
  stage: Stage;
  place: number;
  of: number;
  lifted: boolean;
  readOnly: boolean;
  grip: ReactNode;
  onChange: (patch: Partial<Stage>, said: string) => void;
}) {
  const [t, format, may] = [usePipelineTexts(), useFormat(), useMay()];
  const filter = `stageId eq ${JSON.stringify(stage.stageId)} and status eq "open"`;
  const { data: deals } = useQuery({ ...countQuery('sales.opportunity', { filter }), enabled: may('read', 'sales.opportunity') });
  const changed = (name: string) => t('stageChanged', { stage: name });
  return (
    <div className={css.stage} role="listitem" data-row={stage.stageId} data-lifted={lifted ? '' : undefined}>
      {grip || <span />}
      <Kept
        label={t('nameOf', { n: place })}
        value={stage.name}
        readOnly={readOnly}
        onKeep={(name) => onChange({ name }, changed(name))}
        isGood={(name) => name.trim() !== ''}
      />
      <Kept
        label={t('probabilityOf', { stage: stage.name })}
        value={String(stage.probability)}
        readOnly={readOnly}
        number
        onKeep={(text) => onChange({ probability: Number(text) }, changed(stage.name))}
        isGood={(text) => /^\d{1,3}$/.test(text) && Number(text) <= 100}
      />
      <span className={css.num}>{deals === undefined ? '' : format.count(deals)}</span>
      {!readOnly && of > 1 && (
        <Button
          variant="subtle"
          size="xs"
          className={css.retire}
          aria-label={t('retire', { stage: stage.name })}
          onClick={() => onChange({ retired: true }, t('retiredSaid', { stage: stage.name }))}
        >
          {t('retireWord')}
        </Button>
      )}
    </div>
  );
}

/** A field in its place: Enter or leaving keeps what was typed, Esc puts back. */
function Kept({
  label,
  value,
  onKeep,
  isGood,
  readOnly,
  number = false,
}: {
  label: string;
  value: string;
  onKeep: (text: string) => void;
  isGood: (text: string) => boolean;
  readOnly: boolean;
  number?: boolean;
}) {
  const [typed, setTyped] = useState<string>();
  const keep = () => {
    const text = typed?.trim();
    setTyped(undefined);
    if (text !== undefined && text !== value && isGood(text)) onKeep(text);
  };
  return (
    <TextInput
      aria-label={label}
      dir={number ? 'ltr' : 'auto'}
      inputMode={number ? 'numeric' : undefined}
      maxLength={number ? 3 : 100}
      readOnly={readOnly}
      styles={number ? { input: { textAlign: 'end' } } : undefined}
      rightSection={number ? <span className="faint">{'%'}</span> : undefined}
      value={typed ?? value}
      error={typed !== undefined && !isGood(typed.trim())}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setTyped(undefined);
          event.stopPropagation();
        }
      }}
    />
  );
}

function AddStage({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const [t, parts] = [usePipelineTexts(), usePartTexts()];
  const [name, setName] = useState('');
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = name.trim();
        if (!wanted || taken.some((one) => one.toLocaleLowerCase() === wanted.toLocaleLowerCase())) return;
        setName('');
        onAdd(wanted);
      }}
    >
      <TextInput
        aria-label={t('newStage')}
        placeholder={t('newStage')}
        dir="auto"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" leftSection={<Icon name="plus" size="s" />} aria-label={t('addStage')}>
        {parts('add')}
      </Button>
    </form>
  );
}
