import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Avatar } from '../../parts/avatar.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { RecordName, useListPath, useRecordPath } from '../../parts/record-name.tsx';
import { keyNames } from '../../shortcuts/shortcuts.ts';
import { useRecordTexts } from '../../texts/records/index.ts';
import { useShellTexts } from '../../texts/shell/index.ts';
import { FRAME } from '../../theme/theme.ts';
import { useAreas } from '../use-areas.ts';
import { closePalette, useActions } from './open.ts';
import css from './palette.module.css';
import { recentNow, visited } from './recent.ts';
import { useFound } from './use-found.ts';

type Option = {
  id: string;
  group: string;
  icon: IconName;
  picture?: ReactNode;
  label: ReactNode;
  about?: ReactNode;
  keys?: string;
  run: () => void;
};

/** Kinds that are told by their initials sooner than by an icon. */
const PICTURED = new Set(['contacts.contact', 'contacts.account', 'workspace.user']);

/** Search, jump, act: one field for all of it, by keyboard alone. */
export function Palette() {
  const t = useShellTexts();
  return (
    <Modal
      opened
      onClose={closePalette}
      withCloseButton={false}
      size={640}
      padding={0}
      yOffset="12vh"
      portalProps={FRAME}
      aria-label={t('searchOrJump')}
    >
      <Field />
    </Modal>
  );
}

function Field() {
  const t = useShellTexts();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const { options, busy } = useOptions(typed);
  const chosen = Math.min(at, options.length - 1);
  useEffect(() => {
    void document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  const take = (option: Option | undefined) => {
    if (!option) return;
    closePalette();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(options[chosen]);
    }
  };
  return (
    <div className={css.panel}>
      <div className={css.head}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={options.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={t('searchOrJump')}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('searchOrJump')}
          data-autofocus
          dir="auto"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>{t('keyEscape')}</kbd>
      </div>
      <div className={css.list} role="listbox" id={id} aria-label={t('results')}>
        {options.map((option, place) => (
          <Row
            key={option.id}
            id={`${id}-${place}`}
            option={option}
            heads={options[place - 1]?.group !== option.group}
            selected={place === chosen}
            onPoint={() => setAt(place)}
            onTake={() => take(option)}
          />
        ))}
      </div>
      {options.length === 0 && !busy && <p className={css.none}>{t('nothingFound', { text: typed })}</p>}
      <div className={css.foot} aria-hidden="true">
        <span>
          <kbd>{'↑'}</kbd> <kbd>{'↓'}</kbd> {t('keysMove')}
        </span>
        <span>
          <kbd>{t('keyEnter')}</kbd> {t('keysOpen')}
        </span>
      </div>
    </div>
  );
}

function Row({
  id,
  option,
  heads,
  selected,
  onPoint,
  onTake,
}: {
  id: string;
  option: Option;
  heads: boolean;
  selected: boolean;
  onPoint: () => void;
  onTake: () => void;
}) {
  return (
    <>
      {heads && (
        <div className={css.group} role="presentation">
          {option.group}
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's, which owns the list */}
      <div id={id} role="option" tabIndex={-1} aria-selected={selected} className={css.option} onPointerMove={onPoint} onClick={onTake}>
        {option.picture ?? <Icon name={option.icon} />}
        <b className="ellipsis">{option.label}</b>
        {option.about && <span className={`${css.about} ellipsis`}>{option.about}</span>}
        {option.keys && (
          <span className="end row">
            {keyNames(option.keys).map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </span>
        )}
      </div>
    </>
  );
}

/** What can be chosen for what is typed: records, then pages and acts; with nothing typed, what was looked at last. */
function useOptions(typed: string): { options: Option[]; busy: boolean } {
  const [t, records, areas, actions] = [useShellTexts(), useRecordTexts(), useAreas(), useActions()];
  const navigate = useNavigate();
  const pathOf = useRecordPath();
  const { found, busy, text } = useFound(typed);
  const recent = useMemo(recentNow, []);
  const listOf = useListPath();
  const open = (kind: string, id: string, name = '') => {
    const path = pathOf(kind, id) ?? listOf(kind, name);
    if (!path) return;
    visited(kind, id);
    void navigate({ href: path });
  };
  const says = (name: string) => typed.trim() === '' || name.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
  const hits = found
    .filter(({ kind, id, name }) => pathOf(kind, id) ?? listOf(kind, name))
    .map(({ kind, id, group, icon, name, about, refers }): Option => ({
      id: `${kind}/${id}`,
      group: t(group),
      icon,
      picture: PICTURED.has(kind) ? <Avatar id={id} name={name} square={kind === 'contacts.account'} /> : undefined,
      label: <Marked name={name} text={text} />,
      about: (
        <>
          {about && <bdi>{records.find(`value_${about}` as never) ?? about}</bdi>}
          {about && refers?.id ? ' · ' : ''}
          {refers?.id && <RecordName kind={refers.kind} id={refers.id} plain />}
        </>
      ),
      run: () => open(kind, id, name),
    }));
  const last = (typed.trim() === '' ? recent : []).map(({ kind, id }): Option => ({
    id: `recent/${kind}/${id}`,
    group: t('recent'),
    icon: 'clock',
    label: <RecordName kind={kind} id={id} plain />,
    run: () => open(kind, id),
  }));
  const pages = areas
    .filter(({ name }) => says(t(name)))
    .map(({ to, name, icon, key }): Option => ({
      id: to,
      group: t('goThere'),
      icon,
      label: t(name),
      keys: `KeyG ${key}`,
      run: () => void navigate({ to }),
    }));
  const acts = actions
    .filter((one) => says(one.text))
    .map(({ id, text: label, icon, keys, run }): Option => ({ id, group: t('do'), icon, label, keys, run }));
  return { options: [...last, ...hits, ...acts, ...pages], busy };
}

/** The name, with the beginnings of words that were typed. */
function Marked({ name, text }: { name: string; text: string }) {
  const words = text.split(/\s+/).filter(Boolean);
  const starts =
    words.length === 0
      ? undefined
      : new RegExp(`(?<=^|[^\\p{L}\\p{N}])(${words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  if (!starts) return <bdi>{name}</bdi>;
  return (
    <bdi>
      {name.split(starts).map((part, at) =>
        // oxlint-disable-next-line react/no-array-index-key -- parts of a name have nothing but their place
        at % 2 === 1 ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
      )}
    </bdi>
  );
}
