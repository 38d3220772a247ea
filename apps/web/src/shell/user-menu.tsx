import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { useMe } from '../queries/me.ts';
import { api } from '../api/api.ts';
import { queryClient } from '../queries/client.ts';
import { seeingAs } from '../session/seeing-as.ts';
import { signOut } from '../session/session.ts';
import { changeLanguage } from '../texts/area.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { LANGUAGES, setLook, type Language, type Look } from '../theme/look.ts';
import { FRAME } from '../theme/theme.ts';
import { useLook } from '../theme/use-look.ts';
import type { Area } from './areas.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import css from './shell.module.css';
import { showKeys } from './keys-open.ts';

const SCHEMES = ['light', 'dark', 'system'] as const;
const DENSITIES = ['compact', 'regular', 'roomy'] as const;

/** What is one's own: language, scheme, density, keys, signing out. `tab`: as the last tab on a phone, with the areas that have no tab. */
export function UserMenu({ tab = false, areas = [] }: { tab?: boolean; areas?: readonly Area[] }) {
  const [t, me, look] = [useShellTexts(), useMe(), useLook()];
  const name = me.user?.name ?? t('you');
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
    <Menu position={tab ? 'top-end' : 'right-end'} width={260} portalProps={FRAME} withinPortal>
      <Menu.Target>
        {tab ? (
          <button type="button" className={css.tab}>
            <Icon name="menu" size={20} />
            <span>{t('more')}</span>
          </button>
        ) : (
          <button type="button" className={css.me} aria-label={t('yourMenu', { name })}>
            <Avatar name={name} id={me.id} size="md" />
          </button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {areas.map((area) => (
          <Menu.Item key={area.to} component={Link} to={area.to} leftSection={<Icon name={area.icon} />}>
            {t(area.name)}
          </Menu.Item>
        ))}
        {areas.length > 0 && <Menu.Divider />}
        <Menu.Label>
          <bdi>{name}</bdi>
          {me.user?.email && (
            <>
              <br />
              <bdi className="xs faint">{me.user.email}</bdi>
            </>
          )}
        </Menu.Label>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<Icon name="language" />}>{t('language')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {LANGUAGES.map((language) => (
              <Choice key={language} chosen={t.language === language} onChoose={() => void speak(language)} lang={language}>
                {LANGUAGE_NAMES[language]}
              </Choice>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Choices label={t('scheme')} icon="moon" values={SCHEMES} now={look.scheme ?? 'system'} name="scheme" say={(value) => t(value)} />
        <Choices
          label={t('density')}
          icon="list"
          values={DENSITIES}
          now={look.density ?? 'regular'}
          name="density"
          say={(value) => t(value)}
        />
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={showKeys}>
          {t('keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="leave" />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices<V extends string>({
  label,
  icon,
  values,
  now,
  name,
  say,
}: {
  label: string;
  icon: 'moon' | 'list';
  values: readonly V[];
  now: V;
  name: keyof Look;
  say: (value: V) => string;
}) {
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<Icon name={icon} />}>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {values.map((value) => (
          <Choice key={value} chosen={now === value} onChoose={() => setLook({ [name]: value })}>
            {say(value)}
          </Choice>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function Choice({ chosen, onChoose, lang, children }: { chosen: boolean; onChoose: () => void; lang?: string; children: string }) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={chosen}
      lang={lang}
      onClick={onChoose}
      rightSection={chosen ? <Icon name="check" size="s" /> : undefined}
    >
      {children}
    </Menu.Item>
  );
}
