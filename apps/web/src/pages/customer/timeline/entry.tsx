import { lookOf, recordOf } from '../../../parts/history/events.ts';
import { useHappened, type Told } from '../../../parts/history/happened.tsx';
import { useEventText } from '../../../parts/history/use-event-text.ts';
import { useUndoOf } from '../../../parts/history/use-undo.ts';
import { Who } from '../../../parts/history/who.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { TimelineEntry } from '../../../parts/timeline-entry.tsx';
import { useMay } from '../../../queries/me.ts';
import { useHistoryTexts } from '../../../texts/history/index.ts';
import css from '../customer.module.css';
import type { HistoryItem } from '../kinds.ts';
import { useShowWhy } from '../why/open.ts';

/** One thing that happened: what, by whom; why, and its way back. `acts` false: it is looked at from the past, or beside something else. */
export function Entry({ told, acts = true }: { told: Told; acts?: boolean }) {
  const happened = useHappened();
  const { icon, tone, what, sub, changes } = happened(told);
  return (
    <TimelineEntry
      at={told.at}
      icon={icon}
      tone={tone}
      dated={false}
      who={
        <span className={css.by}>
          {isWhole(told) && <Acts item={told} undo={acts} />}
          <span className="ellipsis">
            <Who told={told} />
          </span>
        </span>
      }
    >
      <div className={`${css.happened} ${changes ? '' : tone === 'good' ? 'medium good' : 'medium'}`}>{what}</div>
      {sub && <div className="muted">{sub}</div>}
    </TimelineEntry>
  );
}

const isWhole = (told: Told): told is HistoryItem => told.id !== undefined && told.data !== undefined;

function Acts({ item, undo }: { item: HistoryItem; undo: boolean }) {
  const [t, may, showWhy, undoOf, textOf] = [useHistoryTexts(), useMay(), useShowWhy(), useUndoOf(), useEventText()];
  const back = undo && lookOf(item.type).undo && !item.erased && may('undo', recordOf(item.record).kind);
  return (
    <span className={css.entryActs}>
      <button type="button" className="link" onClick={() => showWhy(item)}>
        <Icon name="why" size="s" />
        {t('why')}
      </button>
      {back && (
        <button type="button" className="link" onClick={() => void undoOf(item.record, { event: item.id }, textOf(item))}>
          <Icon name="undo" size="s" />
          {t('undo')}
        </button>
      )}
    </span>
  );
}
