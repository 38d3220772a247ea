import { foldText } from '#model';

/** Two texts that may be meant as the same differ by at most this many letters, and by at most a quarter of them. */
const MOST = 2;

/**
 * The one choice a text stands for: the same but for case and accents, else the only one within two typing slips (Damerau-Levenshtein).
 *
 * @returns the choice; `'ambiguous'` where two are as near; undefined where none is
 */
export function nearest(choices: readonly string[], text: string): string | 'ambiguous' | undefined {
  const wanted = foldText(text).trim();
  if (wanted === '') return undefined;
  const folded = choices.map((choice) => ({ choice, key: foldText(choice) }));
  const same = folded.find(({ key }) => key === wanted);
  if (same) return same.choice;
  const most = Math.min(MOST, Math.floor(wanted.length / 4));
  let best: { choice: string; distance: number }[] = [];
  for (const { choice, key } of folded) {
    const distance = slips(wanted, key, most);
    if (distance > most) continue;
    if (best.length === 0 || distance < best[0]!.distance) best = [{ choice, distance }];
    else if (distance === best[0]!.distance) best.push({ choice, distance });
  }
  return best.length > 1 ? 'ambiguous' : best[0]?.choice;
}

/** Insertions, deletions, replacements and swaps of neighbours between two texts; more than `most` is said as `most + 1`. */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return Math.min(row[b.length]!, most + 1);
}
