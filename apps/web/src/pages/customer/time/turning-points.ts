import type { IconName } from '../../../parts/icon.tsx';
import type { Outline } from '../kinds.ts';

export type Turn = 'created' | 'firstDeal' | 'firstWon' | 'merged' | 'unmerged' | 'removed' | 'restored' | 'erased';
export type TurningPoint = { at: number; turn: Turn; icon: IconName; tone?: 'good' | 'attn' };

const OWN: Record<string, Omit<TurningPoint, 'at'>> = {
  created: { turn: 'created', icon: 'person' },
  merged: { turn: 'merged', icon: 'merge' },
  unmerged: { turn: 'unmerged', icon: 'merge' },
  removed: { turn: 'removed', icon: 'trash' },
  restored: { turn: 'restored', icon: 'undo' },
  erased: { turn: 'erased', icon: 'erase', tone: 'attn' },
};

/** What changed a customer for good, oldest first: when it came, its first deals, its merges. `record`: the customer's own. */
export function turningPoints(entries: readonly Outline[], record: string): TurningPoint[] {
  const kind = record.slice(0, record.indexOf('/'));
  const found: TurningPoint[] = [];
  const first = new Set<string>();
  for (const { type, record: of, at } of entries.toReversed()) {
    const act = type.slice(type.lastIndexOf('.') + 1);
    const turn: Omit<TurningPoint, 'at'> | undefined =
      type === 'sales.opportunity.opened'
        ? { turn: 'firstDeal', icon: 'deal' }
        : type === 'sales.opportunity.won'
          ? { turn: 'firstWon', icon: 'check', tone: 'good' }
          : of === record
            ? OWN[act]
            : undefined;
    if (!turn || (turn.turn.startsWith('first') && first.has(turn.turn))) continue;
    first.add(turn.turn);
    found.push({
      ...turn,
      ...(kind === 'contacts.account' && turn.icon === 'person' ? { icon: 'building' as const } : {}),
      at: Date.parse(at),
    });
  }
  return found;
}

/** Of points that would lie on each other the earlier stands. @param gap the least distance, as a share of the track */
export function apart<P extends { place: number }>(points: readonly P[], gap: number): P[] {
  const kept: P[] = [];
  for (const point of points) if (kept.every((one) => Math.abs(one.place - point.place) >= gap)) kept.push(point);
  return kept;
}
