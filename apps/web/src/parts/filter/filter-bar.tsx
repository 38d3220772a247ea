import { Button, Popover, TextInput } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import type { View } from '../../api/field-kinds.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon } from '../icon.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { isGroup, type Condition, type Filter } from './filter.ts';
import css from './filter.module.css';
import { useFieldTexts, useSentence } from './use-sentence.tsx';

export type FilterBarProps = {
  view: View;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
  /** How many match, in words; said in the builder. */
  matching?: ReactNode;
  /** Beside Done, in the builder. */
  further?: ReactNode;
  hidden?: readonly string[];
};

/** What a list keeps, as sentences in chips; the builder behind the button. `/` goes to the search field. */
export function FilterBar({ view, filter, onFilter, search, onSearch, matching, further, hidden = [] }: FilterBarProps) {
  const t = usePartTexts();
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const fields = Object.fromEntries(
    Object.entries(view.fields).filter(([name, of]) => of.filter && name !== 'id' && !hidden.includes(name)),
  );
  useShortcuts([{ keys: 'Slash', run: () => field.current?.focus(), says: t('searchField') }]);
  return (
    <div className={css.bar}>
      {view.search && (
        <TextInput
          ref={field}
          type="search"
          dir="auto"
          w={180}
          style={{ flex: 'none' }}
          aria-label={t('searchField')}
          placeholder={t('searchField')}
          leftSection={<Icon name="search" size="s" />}
          value={search ?? ''}
          onChange={(event) => onSearch(event.currentTarget.value || undefined)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onSearch(undefined);
          }}
        />
      )}
      {filter.map((part, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- conditions have nothing but their place
        <Chip key={at} part={part} fields={fields} onOpen={() => setOpen(true)} onRemove={() => onFilter(filter.toSpliced(at, 1))} />
      ))}
      <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus closeOnClickOutside>
        <Popover.Target>
          <Button variant="subtle" style={{ flex: 'none' }} leftSection={<Icon name="filter" />} onClick={() => setOpen(!open)}>
            {t('filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('filter')}>
          <FilterBuilder fields={fields} filter={filter} onFilter={onFilter}>
            {matching && <span>{matching}</span>}
            <span className="end row">
              {further}
              <Button variant="filled" onClick={() => setOpen(false)}>
                {t('done')}
              </Button>
            </span>
          </FilterBuilder>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

type Fields = View['fields'];

function Chip({ part, fields, onOpen, onRemove }: { part: Filter[number]; fields: Fields; onOpen: () => void; onRemove: () => void }) {
  const t = usePartTexts();
  const nameOf = useFieldTexts();
  const sentence = useSentence();
  const single: Condition | undefined = isGroup(part) ? undefined : part;
  const first = single ?? (part as { any: readonly Condition[] }).any[0];
  return (
    <span className={css.chip}>
      <button type="button" className={css.say} onClick={onOpen} title={t('filterEdit')}>
        {single ? sentence(single, fields[single.field]).map((word, at) => <span key={at}>{word}</span>) : <span>{t('anyOf')}</span>}
        {!single && <span>{(part as { any: readonly Condition[] }).any.map(({ field }) => nameOf(field)).join(', ')}</span>}
      </button>
      <button
        type="button"
        className={css.drop}
        onClick={onRemove}
        aria-label={t('filterRemove', { condition: first ? nameOf(first.field) : '' })}
      >
        <Icon name="x" size="s" />
      </button>
    </span>
  );
}
