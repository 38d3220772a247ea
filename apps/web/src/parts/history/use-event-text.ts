import { useHistoryTexts } from '../../texts/history/index.ts';
import { useChangeLabel } from './changes.tsx';
import { changesOf } from './differences.ts';
import { partsOf, recordOf } from './events.ts';
import type { Told } from './happened.tsx';
import { useKnown } from './known.ts';

const DEALS = {
  opened: 'dealOpened',
  won: 'dealWon',
  lost: 'dealLost',
  reopened: 'dealReopened',
  'line-added': 'lineAdded',
  'line-removed': 'lineRemoved',
} as const;

/** An event in a few words of plain text, for notices: what it was, or which fields it changed. */
export function useEventText(): (told: Told) => string {
  const [t, known, labelOf] = [useHistoryTexts(), useKnown(), useChangeLabel()];
  return (told) => {
    const { kind, act } = partsOf(told.type);
    const { id } = recordOf(told.record);
    const changes = told.data ? changesOf({ type: told.type, data: told.data }) : [];
    if (changes.length > 0) return changes.map(({ field }) => labelOf(field)).join(', ');
    if (kind === 'sales.opportunity' && act in DEALS)
      return t(DEALS[act as keyof typeof DEALS], { deal: known.deal(id)?.name ?? t('aDeal') });
    const activity = known.activity(id);
    if (act === 'recorded')
      return t('named', { name: t((told.data?.kind as 'note' | undefined) ?? 'note'), what: String(told.data?.subject ?? '') });
    if (act === 'completed') return activity ? t('taskDone', { task: activity.subject }) : t('someTaskDone');
    if (act === 'reopened') return activity ? t('taskAgain', { task: activity.subject }) : t('someTaskAgain');
    if (act === 'merged' || act === 'unmerged')
      return t(act, { other: known.member(String(told.data?.absorbedId ?? told.data?.releasedId)) ?? '…' });
    return t.find(act) ?? act;
  };
}
