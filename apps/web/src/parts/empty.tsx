import type { ReactNode } from 'react';
import css from './parts.module.css';

/** Nothing here yet: what comes here, from where, and one thing to do. */
export function Empty({ title, children, acts, level = 3 }: { title: ReactNode; children: ReactNode; acts?: ReactNode; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={css.empty}>
      <Heading>{title}</Heading>
      <p>{children}</p>
      {acts && <div className={css.emptyActs}>{acts}</div>}
    </div>
  );
}
