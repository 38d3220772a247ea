import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Kind } from '../../api/kinds.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { amountTyped, type Money } from './form-fields.tsx';
import { RecordPicker } from './record-picker.tsx';

/** Editors of one field in its place: Enter keeps, Esc drops, leaving keeps. `label`: the field's name, for those who hear it. */
type Editor<V> = { label: string; value: V; keep: (value: unknown) => void; drop: () => void };

/** An editor ends once: taking it away takes the focus away too, which would keep again. */
function useOnce({ keep, drop }: Pick<Editor<unknown>, 'keep' | 'drop'>): Pick<Editor<unknown>, 'keep' | 'drop'> {
  const over = useRef(false);
  const once = (end: () => void) => {
    if (over.current) return;
    over.current = true;
    end();
  };
  return { keep: (value) => once(() => keep(value)), drop: () => once(drop) };
}

const keys = (keep: () => void, drop: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Enter') keep();
  if (event.key === 'Escape') drop();
  // The list behind has keys of its own.
  event.stopPropagation();
};

export function CellText({ label, value, ...how }: Editor<string | undefined>) {
  const { keep, drop } = useOnce(how);
  const [typed, setTyped] = useState(value ?? '');
  const done = () => (typed.trim() === (value ?? '') ? drop() : keep(typed.trim() === '' ? null : typed.trim()));
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
    <TextInput
      autoFocus
      dir="auto"
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={keys(done, drop)}
      onBlur={done}
      w="100%"
    />
  );
}

export function CellChoice({
  label,
  value,
  options,
  ...how
}: Editor<string | undefined> & { options: readonly { value: string; label: string }[] }) {
  const { keep, drop } = useOnce(how);
  return (
    <Select
      autoFocus
      defaultDropdownOpened
      aria-label={label}
      data={[...options]}
      value={value ?? null}
      allowDeselect={false}
      onChange={(chosen) => (chosen === value ? drop() : keep(chosen))}
      onKeyDown={keys(() => undefined, drop)}
      onDropdownClose={drop}
      w="100%"
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

export function CellRecord({
  label,
  kind,
  value,
  clearable = false,
  ...how
}: Editor<string | undefined> & { kind: Kind; clearable?: boolean }) {
  const { keep, drop } = useOnce(how);
  return (
    <div style={{ width: '100%' }}>
      <RecordPicker
        kind={kind}
        value={value}
        ariaLabel={label}
        autoFocus
        clearable={clearable}
        onChange={(id) => (id === value ? drop() : keep(id ?? null))}
        onLeave={drop}
      />
    </div>
  );
}

export function CellTags({ label, value, ...how }: Editor<readonly string[]>) {
  const { keep, drop } = useOnce(how);
  const [tags, setTags] = useState([...value]);
  const done = () => (tags.join('\n') === value.join('\n') ? drop() : keep(tags));
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
    <TagsInput
      autoFocus
      aria-label={label}
      value={tags}
      onChange={setTags}
      onBlur={done}
      onKeyDown={keys(() => undefined, drop)}
      w="100%"
      miw={220}
    />
  );
}

/** A whole number. `grouped`: written with spaces between thousands, as years are not. */
export function CellNumber({ label, value, grouped = true, ...how }: Editor<number | undefined> & { grouped?: boolean }) {
  const { keep, drop } = useOnce(how);
  const [typed, setTyped] = useState<number | string>(value ?? '');
  const done = () => (typed === (value ?? '') ? drop() : keep(typed === '' ? null : Number(typed)));
  return (
    <NumberInput
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
      autoFocus
      aria-label={label}
      hideControls
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator={grouped ? ' ' : undefined}
      value={typed}
      onChange={setTyped}
      onBlur={done}
      onKeyDown={keys(done, drop)}
      w="100%"
    />
  );
}

/** One of many that have codes: countries, languages, zones. What is kept and no known code stays among them; none of them clears the field. */
export function CellCode({
  label,
  value,
  codes,
  nameOf,
  ...how
}: Editor<string | undefined> & { codes: readonly string[]; nameOf: (code: string) => string }) {
  const t = usePartTexts();
  const { keep, drop } = useOnce(how);
  const data = useMemo(() => {
    const all = value && !codes.includes(value) ? [value, ...codes] : codes;
    return all.map((code) => ({ value: code, label: nameOf(code) })).sort((a, b) => a.label.localeCompare(b.label));
    // oxlint-disable-next-line react/exhaustive-deps -- names are the language's, and that does not change while one edits
  }, [codes, value]);
  return (
    <Select
      autoFocus
      searchable
      clearable
      defaultDropdownOpened
      limit={60}
      aria-label={label}
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('nothingLikeIt')}
      data={data}
      value={value ?? null}
      onChange={(chosen) => (chosen === (value ?? null) ? drop() : keep(chosen))}
      onKeyDown={keys(() => undefined, drop)}
      onDropdownClose={drop}
      w="100%"
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

export function CellDay({ label, value, ...how }: Editor<string | undefined>) {
  const { keep, drop } = useOnce(how);
  const [day, setDay] = useState(value ?? '');
  const done = () => (day === (value ?? '') ? drop() : keep(day === '' ? null : day));
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
    <TextInput
      autoFocus
      type="date"
      aria-label={label}
      value={day}
      onChange={(event) => setDay(event.currentTarget.value)}
      onKeyDown={keys(done, drop)}
      onBlur={done}
      w="100%"
      miw={150}
    />
  );
}

/** An amount; its currency stays, and is the usual one where there was none. */
export function CellMoney({ label, value, usual, ...how }: Editor<Money | undefined> & { usual: string }) {
  const { keep, drop } = useOnce(how);
  const [amount, setAmount] = useState(value?.amount ?? '');
  const currency = value?.currency ?? usual;
  const done = () => (amount === (value?.amount ?? '') ? drop() : keep(amount === '' ? null : { amount, currency }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
    <TextInput
      autoFocus
      aria-label={label}
      inputMode="decimal"
      dir="ltr"
      value={amount}
      onChange={(event) => setAmount(amountTyped(event.currentTarget.value))}
      onKeyDown={keys(done, drop)}
      onBlur={done}
      rightSectionWidth={52}
      rightSection={<span className="xs muted">{currency}</span>}
      w="100%"
      miw={130}
    />
  );
}
