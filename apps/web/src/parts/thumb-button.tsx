import { ActionIcon } from '@mantine/core';
import { Icon } from './icon.tsx';
import css from './parts.module.css';
import { useIsNarrow } from './use-is-narrow.ts';

/** Makes something new on a phone, where what stands above a page has no room for it. */
export function ThumbButton({ label, onClick }: { label: string; onClick: () => void }) {
  if (!useIsNarrow()) return null;
  return (
    <ActionIcon variant="filled" className={css.thumb} radius="xl" aria-label={label} onClick={onClick}>
      <Icon name="plus" size="l" />
    </ActionIcon>
  );
}
