import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { openNewDeal, useNewDeal } from '../pages/deals/new/open.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { useMay } from '../queries/me.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { loadTexts } from '../texts/area.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { showKeys, useKeysOpen } from './keys-open.ts';
import { openPalette, usePaletteActions, usePaletteOpen } from './palette/open.ts';
import { PhoneTabs, Rail } from './rail.tsx';
import css from './shell.module.css';
import { Toasts } from './toasts.tsx';
import { OfflineNote, TopBar } from './top-bar.tsx';
import { useAreas } from './use-areas.ts';

/** When the first page has been shown. */
const SOON = 1_500;

/** The frame around every page of somebody who has signed in. */
export function Shell() {
  const t = useShellTexts();
  const areas = useAreas();
  const navigate = useNavigate();
  const may = useMay();
  // What is typed right after its key must not be lost: it is there before it is asked for.
  useEffect(() => {
    const idle = setTimeout(() => void loadPalette(), SOON);
    return () => clearTimeout(idle);
  }, []);
  const group = t('keysEverywhere');
  const newDeal = () => openNewDeal({});
  usePaletteActions(
    may('create', 'sales.opportunity') ? [{ id: 'new-deal', text: t('newDeal'), icon: 'plus', keys: 'KeyD', run: newDeal }] : [],
  );
  useShortcuts([
    { keys: 'Mod+KeyK', run: () => openPalette(), says: t('searchOrJump'), group, inFields: true },
    { keys: 'Shift+Slash', run: showKeys, says: t('keys'), group },
    ...(may('create', 'sales.opportunity') ? [{ keys: 'KeyD', run: newDeal, says: t('newDeal'), group }] : []),
    ...areas.map(({ to, key, name }) => ({
      keys: `KeyG ${key}`,
      run: () => void navigate({ to }),
      says: t('goTo', { page: t(name) }),
      group,
    })),
  ]);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <Rail />
      <div>
        <TopBar />
        <OfflineNote />
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <PhoneTabs />
      <Toasts />
      <Dialogs />
    </div>
  );
}

const loadPalette = () => import('./palette/palette.tsx');
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((module) => ({ default: module.KeysDialog })));

// Its words come along: it can be asked for on pages that do not have them.
const NewDeal = lazy(() =>
  Promise.all([import('../pages/deals/new/new-deal.tsx'), loadTexts('deals')]).then(([module]) => ({ default: module.NewDeal })),
);

/** What is opened by a key, loaded when it first is. */
function Dialogs() {
  const [palette, keys, deal] = [usePaletteOpen(), useKeysOpen(), useNewDeal()];
  return (
    <Suspense>
      {palette && <Palette />}
      {keys && <KeysDialog />}
      {deal && <NewDeal />}
    </Suspense>
  );
}

function Waiting() {
  return (
    <div style={{ padding: 'var(--gutter)' }}>
      <Skeleton widths={[30, 90, 90, 90, 60]} height={14} />
    </div>
  );
}
