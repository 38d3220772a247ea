import type { ReactNode } from 'react';
import css from './figures.module.css';
import { useOpenRecords, type Opening } from './opening.ts';

/** A number of a table: as it is written, as a file has it, and what it opens to. */
export type Cell = { text: ReactNode; raw?: string; opens?: Opening };
export type NumberRow = { key: string; name: string; cells: readonly Cell[]; total?: boolean };

/** A number that opens to its records. */
export function Opens({ opening, children, className = '' }: { opening: Opening | undefined; children: ReactNode; className?: string }) {
  const open = useOpenRecords();
  if (!opening) return <span className={className}>{children}</span>;
  return (
    <button type="button" className={`${css.opens} ${className}`} onClick={() => open(opening)} title={opening.title}>
      {children}
    </button>
  );
}

/** Numbers in rows, the same that a chart above them shows. It scrolls sideways where there is no room. `dense`: many columns of short numbers. */
export function NumberTable({
  label,
  head,
  rows,
  dense = false,
}: {
  label: string;
  head: readonly string[];
  rows: readonly NumberRow[];
  dense?: boolean;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <div className={css.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={`${css.table} ${dense ? css.dense : ''}`}>
        <thead>
          <tr>
            {head.map((name, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- columns have their places; two may be called the same while their names are looked up
              <th key={at} scope="col" className={at > 0 ? css.n : undefined}>
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells, total }) => (
            <tr key={key} className={total ? css.total : undefined}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              {cells.map(({ text, opens }, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- as their columns
                <td key={at} className={css.n}>
                  <Opens opening={opens}>{text}</Opens>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
