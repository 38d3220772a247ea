import { TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { useHolds } from '../../queries/me.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import { SETTINGS_PAGES, type SettingsPage } from './settings-pages.ts';
import css from './settings.module.css';

/** The pages for this role, in their groups, that what is typed says something of: their titles, what they are for, or a word for it. */
export function useSettingsFound(typed: string): [group: string, pages: SettingsPage[]][] {
  const [t, holds] = [useSettingsTexts(), useHolds()];
  const words = typed.toLocaleLowerCase(t.language).split(/\s+/).filter(Boolean);
  const found = SETTINGS_PAGES.filter((page) => page.for(holds)).filter(({ title, about, words: also }) => {
    const said = `${t(title)} ${t(about)} ${t(also)}`.toLocaleLowerCase(t.language);
    return words.every((word) => said.includes(word));
  });
  const groups = new Map<string, SettingsPage[]>();
  for (const page of found) groups.set(t(page.group), [...(groups.get(t(page.group)) ?? []), page]);
  return [...groups];
}

export function SearchField({ typed, onType, onEnter }: { typed: string; onType: (typed: string) => void; onEnter: () => void }) {
  const t = useSettingsTexts();
  return (
    <TextInput
      type="search"
      dir="auto"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<Icon name="search" size="s" />}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onType('');
        if (event.key === 'Enter') onEnter();
      }}
    />
  );
}

/** The list of settings beside the page; on a phone the pages are a page of their own (settings-index.tsx). */
export function SettingsNav() {
  const t = useSettingsTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const found = useSettingsFound(typed);
  return (
    <nav className={css.nav} aria-label={t('title')}>
      <SearchField typed={typed} onType={setTyped} onEnter={() => found[0] && void navigate({ to: found[0][1][0]!.to })} />
      {found.map(([group, pages]) => (
        <div key={group} className={css.group}>
          <h2>{group}</h2>
          {pages.map(({ to, title }) => (
            <Link key={to} to={to} className={css.link} activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
              {t(title)}
            </Link>
          ))}
        </div>
      ))}
      {found.length === 0 && <p className="sm muted">{t('noneFound')}</p>}
    </nav>
  );
}
