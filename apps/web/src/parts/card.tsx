import { useId, type ReactNode } from 'react';
import css from './parts.module.css';

/** A surface with a title and a grey count. `end`: what can be done with it. `flush`: what is inside reaches its edges. No card inside a card. */
export function Card({
  title,
  count,
  end,
  flush = false,
  children,
  className = '',
}: {
  title: ReactNode;
  count?: ReactNode;
  end?: ReactNode;
  flush?: boolean;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section className={`${css.card} ${className}`} aria-labelledby={id}>
      <header className={css.cardHead}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className={css.count}>{count}</span>}
        {end && <span className="end">{end}</span>}
      </header>
      <div className={flush ? css.flush : css.cardBody}>{children}</div>
    </section>
  );
}
