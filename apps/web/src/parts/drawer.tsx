import { Drawer as MantineDrawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePartTexts } from '../texts/parts/index.ts';

/** For looking aside and for creating: it comes from the end of the line. `foot`: what can be done, always in view. */
export function Drawer({
  opened,
  onClose,
  title,
  children,
  foot,
}: {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const t = usePartTexts();
  return (
    <MantineDrawer
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      styles={{
        title: { fontSize: 'var(--fs-lg)', fontWeight: 600 },
        header: { padding: '14px 20px 10px' },
        content: { display: 'flex', flexDirection: 'column' },
        body: { flex: 1, display: 'flex', flexDirection: 'column', minHeight: 0, padding: 0 },
      }}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys, also where nothing in it is */}
      <div tabIndex={0} style={{ flex: 1, overflowY: 'auto', padding: '4px 20px 20px' }}>
        {children}
      </div>
      {foot && (
        <div style={{ borderTop: '1px solid var(--line)', padding: '12px 20px', display: 'flex', gap: 8, flexWrap: 'wrap' }}>{foot}</div>
      )}
    </MantineDrawer>
  );
}
