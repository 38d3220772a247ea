import { Popover, Select, UnstyledButton } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api } from '../api/api.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Segments } from '../parts/segments.tsx';
import { queryClient } from '../queries/client.ts';
import { useMe } from '../queries/me.ts';
import { seeingAs } from '../session/seeing-as.ts';
import { signOut } from '../session/session.ts';
import { changeLanguage } from '../texts/area.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { LANGUAGES, setLook, type Language } from '../theme/look.ts';
import { FRAME } from '../theme/theme.ts';
import { useLook } from '../theme/use-look.ts';
import type { Area } from './areas.ts';
import { showKeys } from './keys-open.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import css from './shell.module.css';

const SCHEMES = ['light', 'dark', 'system'] as const;
const DENSITIES = ['compact', 'regular', 'roomy'] as const;

/** What is one's own: language, colours, density, keys, signing out. `tab`: as the last tab on a phone, with the areas that have no tab. */
export function UserMenu({ tab = false, areas = [] }: { tab?: boolean; areas?: readonly Area[] }) {
  const [t, me] = [useShellTexts(), useMe()];
  const [open, setOpen] = useState(false);
  const name = me.user?.name ?? t('you');
  const close = () => setOpen(false);
  // Where no tab leads, one is under More.
  const isHere = useRouterState({ select: ({ location }) => areas.some(({ to }) => location.pathname.startsWith(to)) });
  return (
    <Popover opened={open} onChange={setOpen} position={tab ? 'top-end' : 'right-end'} width={300} portalProps={FRAME} trapFocus>
      <Popover.Target>
        {tab ? (
          <button type="button" className={css.tab} aria-current={isHere || undefined} onClick={() => setOpen(!open)}>
            <Icon name="menu" size={20} />
            <span>{t('more')}</span>
          </button>
        ) : (
          <button type="button" className={css.me} onClick={() => setOpen(!open)}>
            <span className="sr">{t('yourMenu', { name })}</span>
            <Avatar name={name} id={me.id} size="md" />
          </button>
        )}
      </Popover.Target>
      <Popover.Dropdown className={css.own} aria-label={t('yourMenu', { name })}>
        <div className="row">
          <Avatar name={name} id={me.id} size="md" />
          <div className="grow">
            <bdi className="strong sm ellipsis">{name}</bdi>
            {me.user?.email && <div className="xs muted ellipsis">{me.user.email}</div>}
          </div>
        </div>
        {areas.map((area) => (
          <Act key={area.to} icon={area.icon} to={area.to} onClick={close}>
            {t(area.name)}
          </Act>
        ))}
        <Looks />
        <div className={css.ownActs}>
          <Act
            icon="keyboard"
            onClick={() => {
              close();
              showKeys();
            }}
          >
            {t('keys')}
          </Act>
          <Act icon="leave" onClick={() => void signOut()}>
            {t('signOut')}
          </Act>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Looks() {
  const [t, look] = [useShellTexts(), useLook()];
  const speak = async (language: Language) => {
    await changeLanguage(language);
    if (seeingAs()) return;
    // The account remembers it for other devices; what goes wrong there does not matter here.
    await api.patch('/me', { body: { language } }).then(
      () => queryClient.invalidateQueries({ queryKey: ['me'] }),
      () => undefined,
    );
  };
  return (
    <div className={css.looks}>
      <Select
        label={t('language')}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={t.language}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(language) => void speak(language as Language)}
      />
      <Labelled label={t('scheme')}>
        <Segments
          label={t('scheme')}
          value={look.scheme ?? 'system'}
          onChange={(scheme) => setLook({ scheme })}
          options={SCHEMES.map((value) => ({ value, label: t(value) }))}
        />
      </Labelled>
      <Labelled label={t('density')}>
        <Segments
          label={t('density')}
          value={look.density ?? 'regular'}
          onChange={(density) => setLook({ density })}
          options={DENSITIES.map((value) => ({ value, label: t(value) }))}
        />
      </Labelled>
    </div>
  );
}

const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <div className="sm medium" aria-hidden="true" style={{ marginBottom: 4 }}>
      {label}
    </div>
    {children}
  </div>
);

function Act({ icon, to, onClick, children }: { icon: IconName; to?: string; onClick: () => void; children: ReactNode }) {
  const content = (
    <>
      <Icon name={icon} />
      {children}
    </>
  );
  return to ? (
    <Link to={to} className={css.ownAct} onClick={onClick}>
      {content}
    </Link>
  ) : (
    <UnstyledButton className={css.ownAct} onClick={onClick}>
      {content}
    </UnstyledButton>
  );
}
