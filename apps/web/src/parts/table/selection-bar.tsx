import type { ComponentProps, ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import type { Selection } from './selection.ts';
import css from './table.module.css';

/** What can be done with the rows that are chosen. `count`: how many match in all, as the server says it; all of them can be taken in at once. */
export function SelectionBar({
  selection,
  count,
  onAll,
  onClear,
  children,
}: {
  selection: Selection;
  count: string;
  onAll: () => void;
  onClear: () => void;
  children: ReactNode;
}) {
  const [t, format] = [usePartTexts(), useFormat()];
  const total = Number.parseInt(count, 10);
  const many = count.endsWith('+') && { count: format.count(count) };
  const n = selection.all ? total : selection.ids.size;
  if (n === 0) return null;
  const said = many && selection.all ? t('selectedMany', many) : t('selected', { n });
  return (
    <div className={css.bar} role="toolbar" aria-label={said}>
      <span className="medium">{said}</span>
      {!selection.all && total > n && (
        <button type="button" className={`${css.barAct} ${css.link}`} onClick={onAll}>
          {many ? t('selectAllMany', many) : t('selectAllMatching', { n: total })}
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
