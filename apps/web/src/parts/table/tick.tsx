import { useEffect, useRef, type MouseEvent } from 'react';
import css from './table.module.css';

/** The box of a row, and of all rows. A plain one: a list draws dozens of them at each step. */
export function Tick({
  label,
  checked,
  some = false,
  onTick,
}: {
  label: string;
  checked: boolean;
  some?: boolean;
  onTick: (event: MouseEvent) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={css.box}
      tabIndex={-1}
      aria-label={label}
      checked={checked}
      onChange={() => undefined}
      onClick={onTick}
    />
  );
}
