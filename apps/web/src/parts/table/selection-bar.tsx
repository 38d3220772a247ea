import type { ComponentProps, ReactNode } from 'react';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import type { Selection } from './selection.ts';
import css from './table.module.css';

/** What can be done with the rows that are chosen. `total`: how many match in all; more than are chosen can be taken in at once. */
export function SelectionBar({
  selection,
  total,
  onAll,
  onClear,
  children,
}: {
  selection: Selection;
  total: number;
  onAll: () => void;
  onClear: () => void;
  children: ReactNode;
}) {
  const t = usePartTexts();
  const n = selection.all ? total : selection.ids.size;
  if (n === 0) return null;
  return (
    <div className={css.bar} role="toolbar" aria-label={t('selected', { n })}>
      <span className="medium">{t('selected', { n })}</span>
      {!selection.all && total > n && (
        <button type="button" className={`${css.barAct} ${css.link}`} onClick={onAll}>
          {t('selectAllMatching', { n: total })}
        </button>
      )}
      <span className={css.sep} aria-hidden="true" />
      {children}
      <span className={css.sep} aria-hidden="true" />
      <button type="button" className={css.barAct} aria-label={t('clear')} onClick={onClear}>
        <Icon name="x" />
      </button>
    </div>
  );
}

/** One of the bar's acts; a menu can hang on it. */
export function BarAct({
  icon,
  label,
  children,
  ...button
}: { icon: IconName; label?: string } & Omit<ComponentProps<'button'>, 'type' | 'className'>) {
  return (
    <button {...button} type="button" className={css.barAct} aria-label={label}>
      <Icon name={icon} />
      {children}
    </button>
  );
}
