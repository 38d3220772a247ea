import { Menu } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../../parts/icon.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import type { Deal, Stage } from '../deal.ts';
import css from './board.module.css';

/** What can be done with a deal without pulling it: for thumbs, and for whoever cannot or will not. Made when it is first opened. */
export function CardMenu({
  deal,
  stages,
  tabbable,
  onMove,
  onClose,
}: {
  deal: Deal;
  stages: readonly Stage[];
  tabbable: boolean;
  onMove: (stage: Stage) => void;
  onClose: (status: 'won' | 'lost') => void;
}) {
  const t = useDealTexts();
  const [opened, setOpened] = useState<boolean>();
  const button = (
    <button
      type="button"
      className={css.menu}
      tabIndex={tabbable ? 0 : -1}
      aria-label={t('cardMenu', { name: deal.name })}
      aria-haspopup="menu"
      onClick={() => setOpened(!opened)}
    >
      <Icon name="more" size="s" />
    </button>
  );
  if (opened === undefined) return button;
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('moveTo')}</Menu.Label>
        {stages
          .filter(({ stageId, retired }) => !retired && stageId !== deal.stageId)
          .map((stage) => (
            <Menu.Item key={stage.stageId} leftSection={<Icon name="arrow" size="s" />} onClick={() => onMove(stage)}>
              <bdi>{stage.name}</bdi>
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="check" size="s" />} onClick={() => onClose('won')}>
          {t('winDo')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="x" size="s" />} onClick={() => onClose('lost')}>
          {t('loseDo')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
