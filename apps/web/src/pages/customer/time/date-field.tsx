import { Button, Popover, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { parseDay } from './parse-day.ts';

/** Goes to a day that is typed (`14 jul`) or picked. `children`: the button that opens it. */
export function DateField({
  opened,
  onOpen,
  today,
  first,
  onDay,
  children,
}: {
  opened: boolean;
  onOpen: (opened: boolean) => void;
  today: string;
  first: string;
  onDay: (day: string) => void;
  children: ReactNode;
}) {
  return (
    <Popover opened={opened} onChange={onOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown>{opened && <Field today={today} first={first} onDay={onDay} />}</Popover.Dropdown>
    </Popover>
  );
}

function Field({ today, first, onDay }: { today: string; first: string; onDay: (day: string) => void }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const day = parseDay(typed, format.language, today);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day) onDay(day);
    else setRefused(true);
  };
  return (
    <form onSubmit={submit} noValidate style={{ display: 'grid', gap: 12, width: 232 }}>
      <TextInput
        label={t('goToDate')}
        description={day ? format.day(day, 'long') : t('goToDateHint')}
        error={refused && !day ? t('noDay') : undefined}
        data-autofocus
        dir="auto"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRefused(false);
        }}
      />
      <TextInput
        type="date"
        aria-label={t('pickDate')}
        min={first}
        max={today}
        value={day ?? ''}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled">
        {t('showDay')}
      </Button>
    </form>
  );
}
