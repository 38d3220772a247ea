import type { ReactNode } from 'react';
import { useFormat } from '../format/use-format.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { usePartTexts } from '../texts/parts/index.ts';
import { Icon, type IconName } from './icon.tsx';
import css from './parts.module.css';

/**
 * The saffron band over a past moment: which, how far away, that nothing can be changed, and the way back (also by Esc). `acts`: what else the page
 * offers there; a phone shows the moment and the way back alone.
 */
export function Band({
  icon = 'history',
  when,
  notes,
  acts,
  onBack,
}: {
  icon?: IconName;
  when: ReactNode;
  notes: readonly ReactNode[];
  acts?: ReactNode;
  onBack: () => void;
}) {
  const t = usePartTexts();
  useShortcuts([{ keys: 'Escape', run: onBack, says: t('backToToday') }]);
  return (
    <div className={css.band} role="status">
      <Icon name={icon} />
      <span className={css.when}>{when}</span>
      {notes.map((note, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- notes have nothing but their place
        <span key={at} className="desk-only">
          {note}
        </span>
      ))}
      <span className={`${css.bandActs} desk-only`}>{acts}</span>
      <button type="button" className={css.bandButton} onClick={onBack}>
        {t('backToToday')} <kbd className="desk-only">{t('keyEscape')}</kbd>
      </button>
    </div>
  );
}

/** The band over a page as of a day. */
export function AsOfBand({ day, onBack, acts }: { day: string; onBack: () => void; acts?: ReactNode }) {
  const [t, format] = [usePartTexts(), useFormat()];
  return (
    <Band
      when={t('asItWas', { day: format.day(day, 'long') })}
      notes={[format.relative(`${day}T12:00:00Z`), t('readOnly')]}
      acts={acts}
      onBack={onBack}
    />
  );
}
