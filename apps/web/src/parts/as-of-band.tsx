import type { ReactNode } from 'react';
import { daysBetween, dayIn } from '../format/format.ts';
import { useFormat } from '../format/use-format.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { usePartTexts } from '../texts/parts/index.ts';
import { Icon } from './icon.tsx';
import css from './parts.module.css';

/** The band of a past moment: which, how long ago, that nothing can be changed, and the way back (also by Esc). `further`: what else the page offers. */
export function AsOfBand({ day, onBack, further }: { day: string; onBack: () => void; further?: ReactNode }) {
  const [t, format] = [usePartTexts(), useFormat()];
  const ago = daysBetween(day, dayIn(Date.now(), format.zone));
  useShortcuts([{ keys: 'Escape', run: onBack, says: t('backToToday') }]);
  return (
    <div className={css.band} role="status">
      <Icon name="history" />
      <span className={css.when}>{t('asItWas', { day: format.day(day, 'long') })}</span>
      <span>{t('daysAgo', { n: ago })}</span>
      <span>{t('readOnly')}</span>
      <span className="end row wrap">
        {further}
        <button type="button" className={css.bandButton} onClick={onBack}>
          {t('backToToday')} <kbd>{t('keyEscape')}</kbd>
        </button>
      </span>
    </div>
  );
}
