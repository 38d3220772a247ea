import { useEffect, type ReactNode } from 'react';
import css from './parts.module.css';

/**
 * The ground a page stands on: of today, or of a past moment, when everything on it turns to paper, what floats over it too. The frame around it
 * stays in the present.
 */
export function Plane({ past = false, band, children }: { past?: boolean; band?: ReactNode; children: ReactNode }) {
  const time = past ? 'past' : 'now';
  useEffect(() => {
    const floating = document.getElementById('floating')!;
    floating.dataset.time = time;
    return () => {
      floating.dataset.time = 'now';
    };
  }, [time]);
  return (
    <div className={css.plane} data-time={time}>
      {band}
      {children}
    </div>
  );
}
