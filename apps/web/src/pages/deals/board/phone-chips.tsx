import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import css from './board.module.css';

type Shown = { stageId: string; name: string; count: number };

/** On a phone one column at a time: which. They are places to drop a card, too. */
export function PhoneChips({
  stages,
  shown,
  onShow,
  target,
  wonLost = [],
}: {
  stages: readonly Shown[];
  shown: string;
  onShow: (column: string) => void;
  target?: (column: string) => 'may' | 'over' | undefined;
  wonLost?: readonly string[];
}) {
  const [t, format] = [useDealTexts(), useFormat()];
  const chip = (id: string, name: string, count?: number) => (
    <button
      key={id}
      type="button"
      className={css.chip}
      aria-pressed={id === shown}
      data-drop={target && id}
      data-target={target?.(id)}
      onClick={() => onShow(id)}
    >
      <bdi>{name}</bdi>
      {count !== undefined && <span className={css.n}>{format.number(count)}</span>}
    </button>
  );
  return (
    <div className={css.chips} role="group" aria-label={t('columns')} data-scrolls="">
      {stages.map(({ stageId, name, count }) => chip(stageId, name, count))}
      {wonLost.map((name, at) => chip(at === 0 ? 'won' : 'lost', name))}
    </div>
  );
}
