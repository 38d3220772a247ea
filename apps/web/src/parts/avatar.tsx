import { initials } from '../format/format.ts';
import css from './parts.module.css';

const TONES = 5;

/** Initials on a colour that stays a record's own. It says nothing that the name beside it does not. */
export function Avatar({
  name,
  id,
  size = 'sm',
  square = false,
}: {
  name: string;
  id: string;
  size?: 'sm' | 'md' | 'lg';
  square?: boolean;
}) {
  const tone = [...id].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) % 9973, 7) % TONES;
  return (
    <span className={[css.avatar, css[`k${tone}`], size === 'sm' ? '' : css[size], square ? css.square : ''].join(' ')} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
