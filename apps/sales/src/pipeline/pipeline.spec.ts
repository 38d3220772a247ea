import { spec, viewSpec } from '#testing';
import { PipelineChanged, PipelineCreated } from '#events/sales/pipeline';
import { pipeline, takes, USUAL_STAGES } from './pipeline.ts';
import { pipelineRow } from './pipeline-row.ts';

const given = spec(pipeline);
const stage = (stageId: string, more: object = {}) => ({ stageId, name: stageId, probability: 50, retired: false, ...more });
const two = { name: 'Sales', stages: [stage('first'), stage('second')], isDefault: false };
const created = PipelineCreated(two);

it('begins with the usual stages unless others are named', () => {
  const stages = USUAL_STAGES.map((usual, index) => ({ ...usual, stageId: `new${index + 1}`, retired: false }));
  given()
    .when('create', { name: 'Sales' })
    .then(PipelineCreated({ name: 'Sales', stages, isDefault: false }));
  expect(USUAL_STAGES.map(({ probability }) => probability)).toEqual([10, 20, 30, 50, 70, 90]);
});
it('puts its stages in another order, and renames them', () => {
  const stages = [stage('second'), stage('first', { name: 'Start' })];
  given(created)
    .when('change', { stages })
    .then(PipelineChanged({ stages: { from: two.stages, to: stages } }));
});
it('retires a stage that is left out, for deals may stand in it', () => {
  const stages = [stage('first'), stage('second', { retired: true })];
  given(created)
    .when('change', { stages: [stage('first')] })
    .then(PipelineChanged({ stages: { from: two.stages, to: stages } }));
});
it('keeps a stage that takes deals', () => {
  const retired = two.stages.map((one) => ({ ...one, retired: true }));
  given(created).when('change', { stages: retired }).thenRejected('no-stage-left');
  given()
    .when('create', { name: 'Sales', stages: [{ name: 'Old', probability: 5, retired: true }] })
    .thenRejected('no-stage-left');
});
it('names each stage once', () => {
  const stages = [stage('first', { name: 'Proposal' }), stage('second', { name: 'proposal' })];
  given(created).when('change', { stages }).thenRejected('stage-name-twice');
});
it('takes no stage of another pipeline for its own', () =>
  given(created)
    .when('change', { stages: [stage('elsewhere')] })
    .thenRejected('unknown-stage'));
it('records what changed', () =>
  given(created)
    .when('change', { name: 'Large deals' })
    .then(PipelineChanged({ name: { from: 'Sales', to: 'Large deals' } })));
it('has a name no other pipeline has', () => expect(pipeline.how.unique!.name!(two)).toBe('sales'));
it('takes deals in stages that are not retired', () => {
  const mixed = { ...two, stages: [stage('first'), stage('old', { retired: true })] };
  expect(['first', 'old', 'nowhere'].map((id) => takes(mixed, id))).toEqual([true, false, false]);
});
it('shows its stages as they are now', () =>
  viewSpec(pipelineRow)(created, PipelineChanged({ isDefault: { from: false, to: true } })).then({
    ...two,
    id: 'r1',
    isDefault: true,
    nameKey: 'sales',
  }));
