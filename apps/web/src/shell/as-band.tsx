import { useEffect } from 'react';
import { useMe } from '../queries/me.ts';
import { seeAsOneself } from '../session/seeing-as.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { Icon } from '../parts/icon.tsx';
import css from './shell.module.css';

/** Across the frame while one looks with another's eyes: whose, that nothing can be changed, and the way back (also by Esc). The rail changes its colour too. */
export function AsBand() {
  const [t, me] = [useShellTexts(), useMe()];
  const leave = () => seeAsOneself(location.pathname + location.search);
  useShortcuts([{ keys: 'Escape', run: leave, says: t('seeAsOneself'), group: t('keysEverywhere') }]);
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.as = '';
    return () => {
      delete dataset.as;
    };
  }, []);
  const name = me.user?.name;
  return (
    <div className={css.asBand} role="status">
      <Icon name="eye" />
      <span className={css.asWords}>{name ? t.rich('seeingAs', { name: <bdi className="strong">{name}</bdi> }) : t('seeingAsNobody')}</span>
      <button type="button" className={css.asLeave} onClick={leave}>
        {t('seeAsOneself')} <kbd className="desk-only">{t('keyEscape')}</kbd>
      </button>
    </div>
  );
}
