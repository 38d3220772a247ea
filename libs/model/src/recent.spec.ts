import { Recent } from './recent.ts';

it('keeps what was used lately, and never more than it may', () => {
  const recent = new Recent<number>(10);
  for (let at = 0; at < 1_000; at++) {
    recent.set(`k${at}`, at);
    expect(recent.get('k0')).toBe(0);
  }
  const kept = Array.from({ length: 1_000 }, (_, at) => `k${at}`).filter((key) => recent.get(key) !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(5);
  expect(kept.length).toBeLessThanOrEqual(10);
  expect(kept).toEqual(expect.arrayContaining(['k0', 'k999', 'k998', 'k997']));
});

it('gives the newest value, and none of what was taken out', () => {
  const recent = new Recent<string>(4);
  recent.set('a', 'first');
  recent.set('b', 'other');
  recent.set('a', 'second');
  expect(recent.get('a')).toBe('second');
  recent.delete('a');
  expect(recent.get('a')).toBeUndefined();
  recent.clear();
  expect(recent.get('b')).toBeUndefined();
});
