import { stageChanges, type Stage } from './stage-changes.ts';

const stage = (stageId: string, patch: Partial<Stage> = {}): Stage => ({
  stageId,
  name: stageId,
  probability: 10,
  retired: false,
  ...patch,
});
const [a, b, c] = [stage('a'), stage('b'), stage('c')];

it('tells of each stage what became of it', () => {
  const to = [stage('a', { name: 'A', probability: 20 }), stage('b', { retired: true }), c];
  expect(stageChanges([a, b], to)).toEqual([
    { what: 'renamed', from: 'a', to: 'A' },
    { what: 'likely', stage: 'A', from: 10, to: 20 },
    { what: 'retired', stage: 'b' },
    { what: 'added', stage: 'c' },
  ]);
  expect(stageChanges([stage('a', { retired: true })], [a])).toEqual([{ what: 'back', stage: 'a' }]);
});
it('tells of the order only where those that stayed changed it', () => {
  expect(stageChanges([a, b, c], [c, a, b])).toEqual([{ what: 'ordered', stages: ['c', 'a', 'b'] }]);
  expect(stageChanges([a, b, c], [a, stage('b', { retired: true }), c])).toEqual([{ what: 'retired', stage: 'b' }]);
  expect(stageChanges([a, b], [c, a, b])).toEqual([{ what: 'added', stage: 'c' }]);
});
