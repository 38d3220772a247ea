import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon } from '../icon.tsx';
import { moved, type Column, type Layout } from './columns.ts';
import css from './table.module.css';

/** Which columns, in which order. `usual`: how it was before anybody chose. */
export function ColumnsMenu<Row>({
  columns,
  layout,
  usual,
  onLayout,
}: {
  columns: readonly Column<Row>[];
  layout: Layout;
  usual: Layout;
  onLayout: (layout: Layout) => void;
}) {
  const t = usePartTexts();
  const free = columns.filter(({ fixed }) => !fixed);
  const chosen = layout.flatMap(({ field }) => free.find((one) => one.field === field) ?? []);
  const others = free.filter(({ field }) => !layout.some((one) => one.field === field));
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Icon name="columns" />}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css.columnsMenu} aria-label={t('columns')}>
        {chosen.map(({ field, header }, at) => (
          <div key={field} className={css.columnRow}>
            <Checkbox className="grow" label={header} checked onChange={() => onLayout(layout.filter((one) => one.field !== field))} />
            <ActionIcon aria-label={t('moveUp', { column: header })} disabled={at === 0} onClick={() => onLayout(moved(layout, field, -1))}>
              <Icon name="arrowUp" size="s" />
            </ActionIcon>
            <ActionIcon
              aria-label={t('moveDown', { column: header })}
              disabled={at === chosen.length - 1}
              onClick={() => onLayout(moved(layout, field, 1))}
            >
              <Icon name="arrowDown" size="s" />
            </ActionIcon>
          </div>
        ))}
        {others.map(({ field, header }) => (
          <div key={field} className={css.columnRow}>
            <Checkbox className="grow" label={header} checked={false} onChange={() => onLayout([...layout, { field }])} />
          </div>
        ))}
        <Button variant="subtle" size="xs" onClick={() => onLayout(usual)}>
          {t('resetColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
