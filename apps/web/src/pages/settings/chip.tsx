import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';
import css from './settings.module.css';

/** A condition that holds, and the way to take it away. */
export function Chip({ label, onDrop, children }: { label: string; onDrop: () => void; children: ReactNode }) {
  return (
    <span className={css.chip}>
      {children}
      <button type="button" aria-label={label} onClick={onDrop}>
        <Icon name="x" size="s" />
      </button>
    </span>
  );
}
