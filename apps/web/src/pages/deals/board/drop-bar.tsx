import { useEffect, useState, type RefObject } from 'react';
import { Icon } from '../../../parts/icon.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import css from './board.module.css';

/** Won and lost at hand while a card is carried, where their columns are out of sight. */
export function DropBar({ over, always, board }: { over: string | undefined; always: boolean; board: RefObject<HTMLElement | null> }) {
  const t = useDealTexts();
  const [needed, setNeeded] = useState(always);
  useEffect(() => {
    const element = board.current;
    if (element) setNeeded(always || element.scrollWidth > element.clientWidth + 1);
  }, [always, board]);
  if (!needed) return null;
  return (
    <div className={css.dropBar}>
      <div className={css.dropZone} data-drop="won" data-over={over === 'won' || undefined}>
        <Icon name="check" />
        {t('winDo')}
      </div>
      <div className={css.dropZone} data-drop="lost" data-over={over === 'lost' || undefined}>
        <Icon name="x" />
        {t('loseDo')}
      </div>
    </div>
  );
}
