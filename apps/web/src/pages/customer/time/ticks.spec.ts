import { lifeScale, windowScale } from './scale.ts';
import { ticksOf } from './ticks.ts';

const at = (text: string) => Date.parse(text);
const NOW = at('2017-12-31T12:00:00Z');
const YEAR = lifeScale(
  Array.from({ length: 13 }, (_, month) => Date.UTC(2016, 11 + month, 9)),
  NOW,
);
const texts = (...args: Parameters<typeof ticksOf>) => ticksOf(...args).map(({ text }) => text);

it('marks a year by its months, and where it begins by its number', () => {
  const months = texts(YEAR, 'en-GB', 'UTC', 0.06);
  expect(months.slice(0, 4)).toEqual(['2017', 'Feb', 'Mar', 'Apr']);
  expect(ticksOf(YEAR, 'en-GB', 'UTC', 0.06).find(({ major }) => major)?.text).toBe('2017');
  expect(texts(YEAR, 'ru', 'UTC', 0.06)[1]).toBe('февр.');
});

it('marks fewer where there is less room', () => {
  expect(texts(YEAR, 'en-GB', 'UTC', 0.2).length).toBeLessThan(5);
  for (const room of [0.03, 0.06, 0.1, 0.2]) {
    const places = ticksOf(YEAR, 'en-GB', 'UTC', room).map(({ place }) => place);
    expect(places.slice(1).every((place, i) => place - places[i]! >= room * 0.9)).toBe(true);
  }
});

it('marks ten years by years, a month by days, a day by hours', () => {
  const decade = lifeScale(
    Array.from({ length: 40 }, (_, quarter) => Date.UTC(2008, quarter * 3, 9)),
    NOW,
  );
  expect(texts(decade, 'en-GB', 'UTC', 0.08)[0]).toMatch(/^20\d\d$/);
  expect(texts(windowScale('month', NOW, YEAR), 'en-GB', 'UTC', 0.07)).toContain('8 Dec');
  const day = lifeScale([at('2017-12-31T04:00:00Z')], NOW);
  expect(texts(day, 'en-GB', 'UTC', 0.15)).toContain('06:00');
});
