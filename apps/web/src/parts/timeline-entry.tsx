import type { ReactNode } from 'react';
import { useFormat } from '../format/use-format.ts';
import { Icon, type IconName } from './icon.tsx';
import css from './parts.module.css';

/** Something that happened: when, what, by whom. Stands in a list (`<ol>`). */
export function TimelineEntry({
  at,
  icon,
  tone,
  who,
  dated = true,
  children,
}: {
  at: string;
  icon: IconName;
  tone?: 'good' | 'attn';
  who?: ReactNode;
  /** Whether the year is said; under a heading that says it, it is not. */
  dated?: boolean;
  children: ReactNode;
}) {
  const format = useFormat();
  return (
    <li className={css.entry}>
      <time className={css.entryWhen} dateTime={at} title={format.moment(at)}>
        {dated ? format.date(at) : format.date(at, Date.parse(at))}
        <span>{format.time(at)}</span>
      </time>
      <span className={`${css.entryMark} ${tone ? css[tone] : ''}`}>
        <Icon name={icon} />
      </span>
      <div className={css.entryWhat}>{children}</div>
      {who && <span className={css.entryWho}>{who}</span>}
    </li>
  );
}
