import { Skeleton } from '../../../parts/skeleton.tsx';
import css from './board.module.css';

/** A board before it is known what is on it. */
export function BoardGhost() {
  return (
    <div className={css.board} aria-hidden="true">
      {[0, 1, 2, 3].map((column) => (
        <div key={column} className={css.column} style={{ padding: 12 }}>
          <Skeleton widths={[40, 60, 100, 100, 100, 100]} height={40} gap={10} />
        </div>
      ))}
    </div>
  );
}
