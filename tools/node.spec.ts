import { bundledNode, isNewEnough, nodeToUse } from './node.mjs';

it.each([
  ['v24.15.0', true],
  ['v24.14.9', false],
  ['v26.0.0', true],
  ['v20.20.2', false],
  ['25.1.0', true],
])('a floor of 24.15 takes %s: %s', (version, taken) => expect(isNewEnough(version, '24.15')).toBe(taken));

it('runs with a Node that is new enough', () => {
  const node = nodeToUse();
  if ('problem' in node) throw new Error(node.problem);
  expect(isNewEnough(node.version)).toBe(true);
  if (bundledNode()) expect(node.file).toBe(bundledNode());
});
