import { act, create, decider, fold, on, reject, start } from '#model';
import { PipelineChanged, PipelineCreated } from '#events/sales/pipeline';
import { ChangePipeline, CreatePipeline, type StageForm } from './pipeline.commands.ts';

export type Pipeline = Parameters<typeof PipelineCreated>[0];
export type Stage = Pipeline['stages'][number];

/** The stages a pipeline starts with, and how likely a deal in each is to be won, in per cent. */
export const USUAL_STAGES = [
  { name: 'Lead generation', probability: 10 },
  { name: 'Qualification', probability: 20 },
  { name: 'First contact', probability: 30 },
  { name: 'Proposal', probability: 50 },
  { name: 'Negotiation', probability: 70 },
  { name: 'Closing', probability: 90 },
];

const evolve = fold<Pipeline>(
  start(PipelineCreated, (e) => e.data),
  on(PipelineChanged, (pipeline, e) => PipelineChanged.apply(pipeline, e)),
);

export const pipeline = decider(
  'sales.pipeline',
  evolve,
  {
    create: create(
      CreatePipeline,
      ({ name, stages = USUAL_STAGES, isDefault = false }, { newId }) => {
        const made = stages.map((stage) => stageOf(stage, newId));
        return named(made) ?? PipelineCreated({ name, stages: made, isDefault });
      },
      { undo: 'remove' },
    ),

    change: act(
      ChangePipeline,
      (pipeline, { stages, ...patch }, { newId }) => {
        if (!stages) return PipelineChanged.between(pipeline, patch);
        const unknown = stages.find((stage) => stage.stageId && !pipeline.stages.some((kept) => kept.stageId === stage.stageId));
        if (unknown) return reject('unknown-stage', { stageId: unknown.stageId });
        const made = stages.map((stage) => stageOf(stage, newId));
        const left = pipeline.stages
          .filter((kept) => !made.some((stage) => stage.stageId === kept.stageId))
          .map((stage) => ({ ...stage, retired: true }));
        return named(made) ?? PipelineChanged.between(pipeline, { ...patch, stages: [...made, ...left] });
      },
      { undo: 'change' },
    ),
  },
  { unique: { name: (pipeline) => pipeline.name.toLowerCase() } },
);

const stageOf = ({ stageId, name, probability, retired = false }: StageForm, newId: () => string): Stage => ({
  stageId: stageId ?? newId(),
  name,
  probability,
  retired,
});

function named(stages: Stage[]) {
  if (stages.every((stage) => stage.retired)) return reject('no-stage-left', { hint: 'a pipeline needs a stage that takes deals' });
  const names = new Set(stages.filter((stage) => !stage.retired).map((stage) => stage.name.toLowerCase()));
  return names.size < stages.filter((stage) => !stage.retired).length ? reject('stage-name-twice') : undefined;
}

/** Whether a stage of the pipeline takes deals. */
export const takes = (pipeline: Pipeline, stageId: string): boolean =>
  pipeline.stages.some((stage) => stage.stageId === stageId && !stage.retired);
