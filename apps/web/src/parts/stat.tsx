import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import css from './parts.module.css';

/** A number with its name. With `to` it opens to the records it is made of. */
export function Stat({ label, value, note, to }: { label: ReactNode; value: ReactNode; note?: ReactNode; to?: string }) {
  return (
    <div className={css.stat}>
      <span className={css.statLabel}>{label}</span>
      {to ? (
        <Link to={to} className={css.statValue}>
          {value}
        </Link>
      ) : (
        <span className={css.statValue}>{value}</span>
      )}
      {note && <span className={css.statNote}>{note}</span>}
    </div>
  );
}
