import { useEffect, type ReactNode } from 'react';
import { setHeading, type Crumb } from '../../shell/heading.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import css from './settings.module.css';

/** One page of settings: its title in the top bar, what it is for above, what can be done with it beside that. `fill`: a table in it fills the height. */
export function SettingsPage({
  title,
  about,
  acts,
  crumbs = [],
  top = false,
  fill = false,
  children,
}: {
  title: string;
  about?: ReactNode;
  acts?: ReactNode;
  crumbs?: readonly Crumb[];
  /** It is the page of all settings itself. */
  top?: boolean;
  fill?: boolean;
  children: ReactNode;
}) {
  const t = useSettingsTexts();
  const path = crumbs.map(({ text, to }) => `${text} ${to}`).join('/');
  // oxlint-disable-next-line react/exhaustive-deps -- the path stands for the crumbs, which are made anew on every render
  useEffect(() => setHeading({ title, crumbs: top ? [] : [{ text: t('title'), to: '/settings' }, ...crumbs] }), [title, path, top, t]);
  return (
    <div className={`${css.page} ${fill ? css.fill : ''}`}>
      {(about !== undefined || acts) && (
        <div className={css.head}>
          {about !== undefined && <p>{about}</p>}
          {acts && <div className={css.acts}>{acts}</div>}
        </div>
      )}
      {children}
    </div>
  );
}
