import { MultiSelect } from '@mantine/core';
import { viewOf, type Kind } from '../../../api/kinds.ts';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useGrantWords } from '../../../parts/grants/grant-sentence.tsx';
import { useRoleTexts } from '../../../texts/roles/index.ts';

const KINDS: readonly Kind[] = [
  'contacts.contact',
  'contacts.account',
  'contacts.activity',
  'sales.opportunity',
  'sales.product',
  'workspace.user',
];
/** What no view can be without. */
const ALWAYS = new Set(['id', 'removed', 'erased', 'members']);

/** `sales.opportunity.value` → its kind and field. */
const partsOf = (name: string) => ({ kind: name.slice(0, name.lastIndexOf('.')), field: name.slice(name.lastIndexOf('.') + 1) });

/** What hidden fields are called: "Value of deals". */
export function useHiddenNames(): (name: string) => string {
  const [words, fieldOf] = [useGrantWords(), useFieldTexts()];
  return (name) => {
    const { kind, field } = partsOf(name);
    return `${words.on(kind)}: ${fieldOf(field)}`;
  };
}

/** Chooses fields that a role hides, by the kind of record. */
export function HiddenFields({
  value,
  onChange,
  readOnly,
}: {
  value: readonly string[];
  onChange: (fields: string[]) => void;
  readOnly: boolean;
}) {
  const [t, words, fieldOf, nameOf] = [useRoleTexts(), useGrantWords(), useFieldTexts(), useHiddenNames()];
  const all = KINDS.map((kind) => ({
    group: words.on(kind),
    items: Object.keys(viewOf(kind).fields)
      .filter((field) => !ALWAYS.has(field))
      .map((field) => ({ value: `${kind}.${field}`, label: `${words.on(kind)}: ${fieldOf(field)}` })),
  }));
  const known = new Set(all.flatMap(({ items }) => items.map((item) => item.value)));
  const further = value.filter((name) => !known.has(name)).map((name) => ({ value: name, label: nameOf(name) }));
  return (
    <MultiSelect
      aria-label={t('hidden')}
      data={further.length > 0 ? [...all, { group: '…', items: further }] : all}
      value={[...value]}
      searchable
      hidePickedOptions
      readOnly={readOnly}
      placeholder={value.length === 0 ? t('hiddenNone') : undefined}
      onChange={onChange}
    />
  );
}
