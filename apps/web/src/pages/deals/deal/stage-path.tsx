import { daysBetween, dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { useLasting } from '../board/use-facts.tsx';
import { type Deal, type Stage } from '../deal.ts';
import { STALLED_AFTER } from '../stalled.ts';
import css from './deal.module.css';

/** The stages of a deal's pipeline as a path, with where it stands; a step that can be taken is a button. */
export function StagePath({
  deal,
  stages,
  day,
  onMove,
}: {
  deal: Deal;
  stages: readonly Stage[];
  day: string;
  onMove?: (stage: Stage) => void;
}) {
  const [t, format, lasting, valueOf] = [useDealTexts(), useFormat(), useLasting(), useValueTexts()];
  const shown = stages.filter(({ stageId, retired }) => !retired || stageId === deal.stageId);
  const here = shown.findIndex(({ stageId }) => stageId === deal.stageId);
  const days = Math.max(0, daysBetween(dayIn(deal.stageSince, format.zone), day));
  return (
    <ol className={css.path} aria-label={t('path')}>
      {shown.map((stage, at) => {
        const isHere = at === here;
        const state = deal.status === 'won' || at < here ? 'done' : isHere ? 'here' : 'ahead';
        const inside = (
          <>
            {state === 'done' && <Icon name="check" size={14} />}
            <bdi className="ellipsis">{stage.name}</bdi>
            {isHere && deal.open && <span className={`xs ${days > STALLED_AFTER ? css.late : ''}`}>{lasting(days)}</span>}
          </>
        );
        return (
          <li key={stage.stageId} className={css.step} data-state={deal.status === 'lost' && isHere ? 'lost' : state}>
            {onMove && !isHere && deal.open && !stage.retired ? (
              <button type="button" onClick={() => onMove(stage)} aria-label={t('moveHere', { stage: stage.name })}>
                {inside}
              </button>
            ) : (
              <span aria-current={isHere && deal.open ? 'step' : undefined}>{inside}</span>
            )}
          </li>
        );
      })}
      {!deal.open && (
        <li className={css.step} data-state={deal.status}>
          <span aria-current="step">
            <Icon name={deal.status === 'won' ? 'check' : 'x'} size={14} />
            {valueOf(deal.status)}
          </span>
        </li>
      )}
    </ol>
  );
}
