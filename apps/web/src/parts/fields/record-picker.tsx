import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { resourceOf, type Kind } from '../../api/kinds.ts';
import { someQuery } from '../../queries/lists.ts';
import { useName } from '../../queries/names.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Avatar } from '../avatar.tsx';

type Named = { id: string; name: string };
type Props = {
  kind: Kind;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  label?: ReactNode;
  ariaLabel?: string;
  placeholder?: string;
  error?: ReactNode;
  description?: ReactNode;
  readOnly?: boolean;
  /** Whether it may be left empty. */
  clearable?: boolean;
  autoFocus?: boolean;
  /** Whether its list floats above everything; inside of a popover it must not. */
  withinPortal?: boolean;
  /** Called when it is left without choosing. */
  onLeave?: () => void;
};

/** Chooses a record of a kind by its name: a user, an account, a contact. What is typed is searched for on the server. */
export function RecordPicker({
  kind,
  value,
  onChange,
  label,
  ariaLabel,
  placeholder,
  error,
  description,
  readOnly = false,
  clearable = false,
  autoFocus = false,
  withinPortal = true,
  onLeave,
}: Props) {
  const t = usePartTexts();
  const [typed, setTyped] = useState<string>();
  const name = useName(kind, value);
  const combobox = useCombobox({ defaultOpened: autoFocus, onDropdownClose: () => combobox.resetSelectedOption() });
  const asked = { search: typed || undefined, sort: 'name', ...(kind === 'workspace.user' ? { filter: 'active eq true' } : {}) };
  const { data = [] } = useQuery({ ...someQuery(kind, asked, 12), enabled: combobox.dropdownOpened, placeholderData: (before) => before });
  const choose = (id: string) => {
    setTyped(undefined);
    combobox.closeDropdown();
    onChange(id === '' ? undefined : id);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" withinPortal={withinPortal}>
      <Combobox.Target>
        <InputBase
          label={label}
          aria-label={ariaLabel}
          error={error}
          description={description}
          readOnly={readOnly}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- an editor opens where it was asked for
          autoFocus={autoFocus}
          dir="auto"
          value={typed ?? name ?? ''}
          placeholder={readOnly ? undefined : (placeholder ?? t('choose'))}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={(event) => {
            if (readOnly) return;
            event.currentTarget.select();
            combobox.openDropdown();
          }}
          onClick={() => readOnly || combobox.openDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onLeave?.();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(undefined);
            onLeave?.();
          }}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={ariaLabel ?? resourceOf(kind)}>
          {clearable && value !== undefined && <Combobox.Option value="">{t('none')}</Combobox.Option>}
          {(data as unknown as Named[]).map((one) => (
            <Combobox.Option key={one.id} value={one.id} active={one.id === value}>
              <span className="row">
                <Avatar id={one.id} name={one.name} square={kind === 'contacts.account'} />
                <bdi className="ellipsis">{one.name}</bdi>
              </span>
            </Combobox.Option>
          ))}
          {data.length === 0 && <Combobox.Empty>{t('nobody')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
