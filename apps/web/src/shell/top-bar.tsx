import { ActionIcon } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useEffect, useRef } from 'react';
import { useFormat } from '../format/use-format.ts';
import { useFreshness } from '../live/freshness.ts';
import { Icon } from '../parts/icon.tsx';
import { keyNames } from '../shortcuts/shortcuts.ts';
import { seeingAs } from '../session/seeing-as.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { useHeading } from './heading.ts';
import { Notices } from './notices.tsx';
import { openPalette } from './palette/open.ts';
import css from './shell.module.css';
import { UndoList } from './undo-list.tsx';

const AsBand = lazy(() => import('./as-band.tsx').then((module) => ({ default: module.AsBand })));

/** The bar above every page: what it is, search, how fresh, what can be undone, what needs somebody. */
export function TopBar() {
  const t = useShellTexts();
  return (
    <header className={css.above}>
      {seeingAs() !== undefined && (
        <Suspense>
          <AsBand />
        </Suspense>
      )}
      <div className={css.top}>
        <Path />
        <button type="button" className={css.find} onClick={() => openPalette()} aria-keyshortcuts="Control+K">
          <Icon name="search" size="s" />
          {t('searchOrJump')}
          <kbd>{keyNames('Mod+KeyK').join(' ')}</kbd>
        </button>
        <div className={css.tools}>
          <Fresh />
          <ActionIcon className="phone-only" aria-label={t('searchOrJump')} onClick={() => openPalette()}>
            <Icon name="search" />
          </ActionIcon>
          <UndoList />
          <span className="desk-only">
            <Notices />
          </span>
        </div>
      </div>
    </header>
  );
}

/** The page's title and what leads to it. After going to another page the title has the focus: what follows is read from there. */
function Path() {
  const { title, crumbs } = useHeading();
  const t = useShellTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (path !== undefined && !first.current && !document.querySelector('[aria-modal="true"]'))
      heading.current?.focus({ preventScroll: true });
    if (path !== undefined) first.current = false;
  }, [path]);
  return (
    <nav className={css.crumbs} aria-label={t('path')}>
      {crumbs.map(({ text, to }) => (
        <Fragment key={to}>
          <Link to={to}>
            <bdi>{text}</bdi>
          </Link>
          <Icon name="forward" size="s" />
        </Fragment>
      ))}
      <h1 ref={heading} tabIndex={-1} className={`ellipsis ${crumbs.length === 0 ? css.alone : ''}`}>
        <bdi>{title}</bdi>
      </h1>
    </nav>
  );
}

function Fresh() {
  const [t, format, fresh] = [useShellTexts(), useFormat(), useFreshness()];
  const text =
    fresh.state === 'fresh'
      ? t('upToDate')
      : fresh.state === 'late'
        ? t('behind', { seconds: Math.round(fresh.behind / 1000) })
        : t('offlineSince', { time: format.time(fresh.since) });
  return (
    <span className={`${css.fresh} ${css[fresh.state]}`} role="status">
      {text}
    </span>
  );
}

/** Above the page while the server cannot be reached. */
export function OfflineNote() {
  const [t, fresh] = [useShellTexts(), useFreshness()];
  if (fresh.state !== 'offline') return null;
  return (
    <div className={css.offlineNote} role="status">
      <Icon name="cloud" />
      {t('offlineNote')}
    </div>
  );
}
