import { ActionIcon, Menu } from '@mantine/core';
import { Icon } from '../../../parts/icon.tsx';
import { useHidden } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DEALS } from '../deal.ts';
import { useDealSearch } from '../use-deal-search.ts';

/** In which order cards stand in their columns. */
export function OrderSelect() {
  const [t, hidden] = [useDealTexts(), useHidden(DEALS)];
  const [{ sort }, change] = useDealSearch();
  const orders: [string | undefined, string][] = [
    [undefined, t('orderChanged')],
    ['stageSince', t('orderWaiting')],
    ...(hidden.includes('value') ? [] : ([['-worthAmount', t('orderWorth')]] as [string, string][])),
    ['expectedCloseOn', t('orderCloses')],
    ['-openedOn', t('orderOpened')],
    ['name', t('orderName')],
  ];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon aria-label={t('order', { order: orders.find(([value]) => value === sort)?.[1] ?? '' })}>
          <Icon name="sort" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('orderBy')}</Menu.Label>
        {orders.map(([value, name]) => (
          <Menu.Item
            key={name}
            role="menuitemradio"
            aria-checked={value === sort}
            rightSection={value === sort ? <Icon name="check" size="s" /> : undefined}
            onClick={() => change({ sort: value })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
