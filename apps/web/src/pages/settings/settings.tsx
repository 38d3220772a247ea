import { createLazyRoute, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense } from 'react';
import { Plane } from '../../parts/plane.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useHolds } from '../../queries/me.ts';
import { NotYours } from './not-yours.tsx';
import { SettingsNav } from './settings-nav.tsx';
import { settingsPageAt } from './settings-pages.ts';
import css from './settings.module.css';

export const route = createLazyRoute('/shell/settings')({ component: Settings });

/** Around every page of settings: the list of them beside it, and the refusal of what is not for one's role. */
function Settings() {
  const holds = useHolds();
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname });
  const page = settingsPageAt(path);
  return (
    <Plane>
      <div className={css.set}>
        <SettingsNav />
        <Suspense fallback={<Skeleton widths={[50, 90, 90, 70]} height={14} />}>
          {page && !page.for(holds) ? <NotYours page={page} /> : <Outlet />}
        </Suspense>
      </div>
    </Plane>
  );
}
