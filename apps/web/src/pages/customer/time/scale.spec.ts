import * as fc from 'fast-check';
import { barsOf, lanesOf, lifeScale, windowScale } from './scale.ts';

const at = (text: string) => Date.parse(text);
const NOW = at('2017-12-31T12:00:00Z');
const monthly = Array.from({ length: 13 }, (_, month) => Date.UTC(2016, 11 + month, 9));

it('stands a busy life on the track as it was, from its first day to now', () => {
  const scale = lifeScale(monthly, NOW);
  expect(scale.stretches).toHaveLength(1);
  expect([scale.placeOf(monthly[0]!) > 0, scale.placeOf(monthly[0]!) < 0.03, scale.placeOf(NOW)]).toEqual([true, true, 1]);
  expect(scale.placeOf(at('2017-06-20T00:00:00Z'))).toBeCloseTo(0.51, 1);
});

it('draws years of silence short, wherever they are', () => {
  const later = at('2026-11-26T12:00:00Z');
  const after = lifeScale(monthly, later);
  expect(after.stretches.map(({ quiet }) => quiet)).toEqual([false, true, false]);
  expect(after.placeOf(at('2017-12-09T00:00:00Z'))).toBeGreaterThan(0.85);
  const between = lifeScale([...monthly, later - 60_000], later);
  expect(between.placeOf(at('2017-12-09T00:00:00Z'))).toBeGreaterThan(0.8);
  expect(between.placeOf(later - 60_000)).toBeGreaterThan(0.97);
});

it('gives back the time of every place, in order', () => {
  const times = fc.array(fc.integer({ min: Date.UTC(2010, 0), max: NOW }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (found, one, other) => {
      const scale = lifeScale(
        found.toSorted((a, b) => a - b),
        NOW,
      );
      expect(scale.placeOf(scale.timeAt(one))).toBeCloseTo(one, 3);
      if (one < other) expect(scale.timeAt(one)).toBeLessThanOrEqual(scale.timeAt(other));
    }),
  );
});

it('looks at a part around the moment, never past now', () => {
  const life = lifeScale(monthly, NOW);
  const month = windowScale('month', at('2017-06-15T00:00:00Z'), life);
  expect([month.placeOf(at('2017-06-15T00:00:00Z')) > 0.5, (month.to - month.from) / 86_400_000]).toEqual([true, 31]);
  expect(windowScale('quarter', NOW, life).to).toBe(NOW);
  const young = lifeScale([NOW - 86_400_000], NOW);
  expect(windowScale('year', NOW, young).from).toBe(young.from);
});

it('counts what happened in each part, and nothing outside', () => {
  const week = windowScale('month', NOW, lifeScale(monthly, NOW));
  const bars = barsOf([week.from - 1, week.from, week.from + 1000, NOW], week, 31);
  expect([bars.length, bars[0], bars.at(-1), bars.reduce((sum, one) => sum + one, 0)]).toEqual([31, 2, 1, 3]);
});

it('puts lines that overlap into lanes of their own', () => {
  const span = ([from, to]: number[]) => ({ from: from!, to: to! });
  const lanes = (lines: number[][], most = 9) => lanesOf(lines, span, most).map(({ lane }) => lane);
  expect(
    lanes([
      [0, 10],
      [5, 8],
      [9, 12],
      [11, 20],
    ]),
  ).toEqual([0, 1, 1, 0]);
  expect(
    lanes(
      [
        [0, 10],
        [1, 9],
        [2, 8],
        [3, 7],
      ],
      2,
    ),
  ).toEqual([0, 1, 1, 1]);
});
