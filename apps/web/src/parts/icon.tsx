import { ICONS } from './icon-paths.ts';

export type IconName = keyof typeof ICONS;
/** These point somewhere, and point the other way where reading does. */
const MIRRORED = new Set<IconName>([
  'arrow',
  'back',
  'forward',
  'undo',
  'redo',
  'next',
  'prev',
  'now',
  'leave',
  'external',
  'list',
  'import',
  'export',
]);

/** An outline of 18 px (`s` 15, `l` 22). It says nothing by itself: the control it is in has a name. */
export function Icon({ name, size }: { name: IconName; size?: 's' | 'l' | number }) {
  const px = size === 's' ? 15 : size === 'l' ? 22 : (size ?? 18);
  return (
    <svg
      width={px}
      height={px}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={MIRRORED.has(name) ? 'flip' : undefined}
    >
      <path d={ICONS[name]} />
    </svg>
  );
}
