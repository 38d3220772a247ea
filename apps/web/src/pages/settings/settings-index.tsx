import { createLazyRoute, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { useHolds } from '../../queries/me.ts';
import { useMedia } from '../../parts/use-is-narrow.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import { SearchField, useSettingsFound } from './settings-nav.tsx';
import { SettingsPage } from './settings-page.tsx';
import { SETTINGS_PAGES } from './settings-pages.ts';
import css from './settings.module.css';

export const route = createLazyRoute('/shell/settings/')({ component: SettingsIndex });

/** Where there is no room for the list beside, it is a page of links; where there is, one goes on to the first page that is not one's own profile. */
function SettingsIndex() {
  const [t, holds] = [useSettingsTexts(), useHolds()];
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const found = useSettingsFound(typed);
  const beside = !useMedia('(max-width: 960px)');
  const mine = SETTINGS_PAGES.filter((page) => page.for(holds));
  if (beside) return <Navigate to={(mine.find(({ group }) => group === 'groupCompany') ?? mine[0]!).to} replace />;
  return (
    <SettingsPage title={t('title')} top>
      <SearchField typed={typed} onType={setTyped} onEnter={() => found[0] && void navigate({ to: found[0][1][0]!.to })} />
      <div className={css.entries}>
        {found.map(([group, pages]) => (
          <div key={group}>
            <h2>{group}</h2>
            <section aria-label={group}>
              {pages.map(({ to, title, about, icon }) => (
                <Link key={to} to={to} className={css.entry}>
                  <Icon name={icon} size={20} />
                  <span className="grow">
                    <b>{t(title)}</b>
                    <span>{t(about)}</span>
                  </span>
                  <Icon name="forward" size="s" />
                </Link>
              ))}
            </section>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="sm muted">{t('noneFound')}</p>}
    </SettingsPage>
  );
}
