import { ActionIcon, Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { dayIn } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { DayField } from '../../parts/fields/form-fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { useDealTexts } from '../../texts/deals/index.ts';
import { quarterAt, before, daysBefore } from '../home/quarters.ts';
import css from './deals.module.css';
import { monthsAfter } from './deal.ts';

/** Chooses the day a page shows: by month, by date, or one of those that are asked for most. Undefined is today. */
export function MomentPicker({ label, day, onDay }: { label: string; day: string | undefined; onDay: (day: string | undefined) => void }) {
  const [t, format] = [useDealTexts(), useFormat()];
  const [open, setOpen] = useState(false);
  const today = dayIn(Date.now(), format.zone);
  const go = (next: string | undefined) => {
    setOpen(false);
    onDay(next === undefined || next >= today ? undefined : next);
  };
  const step = (months: number) => go(monthsAfter(day ?? today, months));
  const year = today.slice(0, 4);
  const presets: [string, string][] = [
    [t('monthEnd'), daysBefore(`${today.slice(0, 7)}-01`, 1)],
    [t('quarterEnd'), before(quarterAt(today)).to],
    [t('yearEnd'), `${Number(year) - 1}-12-31`],
    [t('yearAgo'), monthsAfter(today, -12)],
  ];
  useShortcuts([
    { keys: 'KeyT', run: () => setOpen(true), says: t('chooseDay') },
    { keys: 'BracketLeft', run: () => step(-1), says: t('monthEarlier') },
    ...(day ? [{ keys: 'BracketRight', run: () => step(1), says: t('monthLater') }] : []),
  ]);
  return (
    <span className={css.moment} role="group" aria-label={label}>
      <span className="desk-only">{label}</span>
      <ActionIcon aria-label={t('monthEarlier')} onClick={() => step(-1)}>
        <Icon name="back" size="s" />
      </ActionIcon>
      <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
        <Popover.Target>
          <Button leftSection={<Icon name="calendar" />} onClick={() => setOpen(!open)}>
            {day ? format.day(day) : t('today')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>
          <DayField label={t('chooseDay')} value={day ?? today} onChange={(next) => next && /^[12]\d{3}/.test(next) && go(next)} />
          <div className={css.presets}>
            {presets.map(([name, at]) => (
              <Button
                key={name}
                variant="subtle"
                justify="space-between"
                rightSection={<span className="muted">{format.day(at)}</span>}
                onClick={() => go(at)}
              >
                {name}
              </Button>
            ))}
            {day && (
              <Button variant="subtle" justify="flex-start" onClick={() => go(undefined)}>
                {t('today')}
              </Button>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon aria-label={t('monthLater')} disabled={!day} onClick={() => step(1)}>
        <Icon name="forward" size="s" />
      </ActionIcon>
    </span>
  );
}
