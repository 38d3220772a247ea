import { later, leastOf, moved } from './cursors.ts';

const placed = (position: number, offset: number, generation = 1) => ({ position, offset, generation });

it('begins where the least of several has been', () => {
  expect(leastOf({ a: 7, b: 5 }, ['a', 'b'])).toEqual({ position: 5 });
  expect(leastOf({ a: placed(70, 7), b: placed(90, 5) }, ['a', 'b'])).toEqual(placed(90, 5));
});
it('begins at the first event where one has never been, or they count in different generations', () => {
  expect(leastOf({ a: 7 }, ['a', 'b'])).toBeUndefined();
  expect(leastOf({ a: placed(70, 7), b: placed(9, 1, 2) }, ['a', 'b'])).toBeUndefined();
});
it('never goes back within a generation, and leaves the others where they are', () => {
  expect(moved({ a: 7, b: 5, c: 1 }, ['a', 'b'], { position: 6 })).toEqual({ a: 7, b: 6, c: 1 });
  expect(moved({ a: placed(70, 7) }, ['a', 'b'], placed(60, 8))).toEqual({ a: placed(70, 8), b: placed(60, 8) });
});
it('begins to count anew in another generation', () => expect(later(placed(70, 7), placed(3, 1, 2))).toEqual(placed(3, 1, 2)));
