import { Link } from '@tanstack/react-router';
import { Icon } from '../parts/icon.tsx';
import { useShellTexts } from '../texts/shell/index.ts';
import { Logo } from './logo.tsx';
import css from './shell.module.css';
import { useAreas } from './use-areas.ts';
import { UserMenu } from './user-menu.tsx';

const CURRENT = { 'aria-current': 'page' } as const;

/** The dark rail: where one can go. It is always in the present. */
export function Rail() {
  const t = useShellTexts();
  const areas = useAreas();
  const link = (area: (typeof areas)[number]) => (
    <Link
      key={area.to}
      to={area.to}
      className={css.nav}
      activeOptions={{ exact: area.to === '/', includeSearch: false }}
      activeProps={CURRENT}
    >
      <Icon name={area.icon} size={20} />
      <span>{t(area.name)}</span>
    </Link>
  );
  return (
    <nav className={css.rail} aria-label={t('main')}>
      <Link to="/" className={css.logo} aria-label={t('product')}>
        <Logo />
      </Link>
      {areas.filter(({ foot, quiet }) => !foot && !quiet).map(link)}
      <div className={css.foot}>
        {areas.filter(({ foot }) => foot).map(link)}
        <UserMenu />
      </div>
    </nav>
  );
}

/** The tabs below, on a phone. */
export function PhoneTabs() {
  const t = useShellTexts();
  const areas = useAreas();
  return (
    <nav className={css.tabs} aria-label={t('main')}>
      {areas
        .filter(({ phone }) => phone)
        .map((area) => (
          <Link
            key={area.to}
            to={area.to}
            className={css.tab}
            activeOptions={{ exact: area.to === '/', includeSearch: false }}
            activeProps={CURRENT}
          >
            <Icon name={area.icon} size={20} />
            <span className="ellipsis">{t(area.name)}</span>
          </Link>
        ))}
      <UserMenu tab areas={areas.filter(({ phone }) => !phone)} />
    </nav>
  );
}
