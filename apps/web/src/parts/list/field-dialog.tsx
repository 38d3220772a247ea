import { Button, Modal, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Kind } from '../../api/kinds.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { RecordPicker } from '../fields/record-picker.tsx';
import { useFieldTexts } from '../filter/use-sentence.tsx';

/** A field that can be set for many records at once, and what it holds. Empty clears it. */
export type EditableField = { field: string } & (
  | { holds: 'text' | 'tags' | 'number' }
  | { holds: 'choice'; options: readonly { value: string; label: string }[]; required?: boolean }
  | { holds: 'record'; kind: Kind }
);

/** Asks for the value that a field is set to. */
export function FieldDialog({
  of,
  title,
  hint,
  onClose,
  onValue,
}: {
  of: EditableField;
  title: string;
  hint: string;
  onClose: () => void;
  onValue: (value: unknown) => void;
}) {
  const parts = usePartTexts();
  const [value, setValue] = useState<unknown>();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': parts('close') }}>
      <form
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          onValue(value ?? (of.holds === 'tags' ? [] : null));
        }}
      >
        <Value of={of} value={value} onChange={setValue} hint={hint} />
        <div className="row">
          <Button type="submit" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {parts('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Value({ of, value, onChange, hint }: { of: EditableField; value: unknown; onChange: (value: unknown) => void; hint: string }) {
  const label = useFieldTexts()(of.field);
  switch (of.holds) {
    case 'choice':
      return (
        <Select
          label={label}
          required={of.required}
          clearable={!of.required}
          data-autofocus
          data={[...of.options]}
          value={(value as string | undefined) ?? null}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      );
    case 'record':
      return <RecordPicker kind={of.kind} label={label} value={value as string | undefined} clearable onChange={onChange} />;
    case 'tags':
      return <TagsInput label={label} data-autofocus value={(value as string[] | undefined) ?? []} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          label={label}
          description={hint}
          data-autofocus
          hideControls
          allowDecimal={false}
          allowNegative={false}
          value={(value as number | undefined) ?? ''}
          onChange={(typed) => onChange(typed === '' ? undefined : Number(typed))}
        />
      );
    default:
      return (
        <TextInput
          label={label}
          description={hint}
          data-autofocus
          dir="auto"
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}
