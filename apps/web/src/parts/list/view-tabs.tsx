import { ActionIcon, Button, Menu, Modal, Popover, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { api } from '../../api/api.ts';
import { useFormat } from '../../format/use-format.ts';
import { countQuery } from '../../queries/lists.ts';
import { queryClient } from '../../queries/client.ts';
import { useMay, useMe } from '../../queries/me.ts';
import type { SavedView } from '../../queries/views.ts';
import { useActs } from '../../shell/use-acts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Icon } from '../icon.tsx';
import css from './list.module.css';
import { forgetLayout, type ListState, type UsualView } from './use-list-state.ts';

/** The views of a list as tabs, each with how many it holds; saving one as it is looked at, sharing and renaming one's own. */
export function ViewTabs({ state, label }: { state: ListState; label: string }) {
  const { usual, saved, view } = state;
  const tabs: readonly (UsualView | SavedView)[] = [...usual, ...saved];
  const may = useMay();
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const forward = document.documentElement.dir === 'rtl' ? -step : step;
    const next = tabs[(tabs.findIndex(({ id }) => id === view.id) + forward + tabs.length) % tabs.length]!;
    state.open(next.id);
    (event.currentTarget.querySelector(`[data-view="${next.id}"]`) as HTMLElement | null)?.focus();
  };
  return (
    <div className="row">
      <div className={css.tabs} role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
        {tabs.map((one) => (
          <Tab key={one.id} view={one} state={state} selected={one.id === view.id} />
        ))}
      </div>
      {may('create', 'workspace.view') && !state.asked.removed && <SaveView state={state} />}
      {state.mine && <OwnView key={state.mine.id} view={state.mine} state={state} />}
    </div>
  );
}

function Tab({ view, state, selected }: { view: UsualView | SavedView; state: ListState; selected: boolean }) {
  const format = useFormat();
  const { data } = useQuery(
    countQuery(state.kind, selected ? state.asked : { filter: view.filter, removed: 'removed' in view ? view.removed : undefined }),
  );
  return (
    <button
      type="button"
      role="tab"
      data-view={view.id}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      className={css.tab}
      onClick={() => state.open(view.id)}
    >
      <bdi>{view.name}</bdi>
      <span className={css.n}>{data ? format.count(data) : ''}</span>
    </button>
  );
}

/** Keeps how the list is looked at now under a new name. */
function SaveView({ state }: { state: ListState }) {
  const t = usePartTexts();
  const acts = useActs();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { filter, search, sort } = state.asked;
    const body = {
      name,
      of: state.kind,
      shared,
      columns: [...state.layout],
      ...(filter ? { filter } : {}),
      ...(search ? { search } : {}),
      ...(sort ? { sort } : {}),
    };
    const made = await acts.attempt(
      'workspace',
      (act) => api.post('/views', { body, act }),
      () => t('viewSaved', { name }),
    );
    if (!made) return;
    await queryClient.invalidateQueries({ queryKey: ['views', state.kind] });
    setOpen(false);
    setName('');
    state.open(made.data.id);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('viewSave')} onClick={() => setOpen(!open)}>
          <Icon name="plus" size="s" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('viewSave')}>
        <form onSubmit={(event) => void save(event)} style={{ display: 'grid', gap: 12, width: 260 }}>
          <TextInput
            label={t('viewName')}
            description={t('viewSaveHint')}
            required
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Switch label={t('viewShared')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          <Button type="submit" variant="filled">
            {t('viewSave')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What can be done with the saved view that is shown, by whoever made it. */
function OwnView({ view, state }: { view: SavedView; state: ListState }) {
  const [t, me, acts] = [usePartTexts(), useMe(), useActs()];
  const [naming, setNaming] = useState<string>();
  if (view.madeBy !== me.id) return null;
  const change = async (
    body: Partial<Pick<SavedView, 'name' | 'shared' | 'columns'>> & { filter?: string | null; sort?: string | null },
    said: string,
  ) => {
    const done = await acts.attempt(
      'workspace',
      (act) => api.patch('/views/{id}', { params: { id: view.id }, body, act }),
      () => said,
    );
    if (done) await queryClient.invalidateQueries({ queryKey: ['views', state.kind] });
    return done !== undefined;
  };
  const keep = async () => {
    const { filter, sort } = state.asked;
    if (!(await change({ filter: filter ?? null, sort: sort ?? null, columns: [...state.layout] }, t('viewSaved', { name: view.name }))))
      return;
    forgetLayout(state.kind, view.id);
    state.open(view.id);
  };
  const remove = async () => {
    const gone = await acts.attempt(
      'workspace',
      (act) => api.post('/views/{id}/remove', { params: { id: view.id }, body: {}, act }),
      () => t('viewRemoved', { name: view.name }),
    );
    if (!gone) return;
    await queryClient.invalidateQueries({ queryKey: ['views', state.kind] });
    state.open(state.usual[0]!.id);
  };
  return (
    <>
      {state.changed && (
        <Button variant="subtle" size="xs" style={{ flex: 'none' }} onClick={() => void keep()}>
          {t('viewKeep')}
        </Button>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <ActionIcon aria-label={t('viewMenu', { name: view.name })}>
            <Icon name="more" size="s" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="edit" size="s" />} onClick={() => setNaming(view.name)}>
            {t('viewRename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name="share" size="s" />}
            onClick={() => void change({ shared: !view.shared }, t(view.shared ? 'viewUnshared' : 'viewSharedSaid', { name: view.name }))}
          >
            {t(view.shared ? 'viewUnshare' : 'viewShare')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="trash" size="s" />} onClick={() => void remove()}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming !== undefined}
        onClose={() => setNaming(undefined)}
        title={t('viewRename')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void change({ name: naming }, t('viewSaved', { name: naming ?? '' })).then((done) => done && setNaming(undefined));
          }}
        >
          <TextInput
            label={t('viewName')}
            required
            maxLength={60}
            value={naming ?? ''}
            onChange={(event) => setNaming(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" variant="filled" mt="md">
            {t('save')}
          </Button>
        </form>
      </Modal>
    </>
  );
}
