import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { ThumbButton } from '../../parts/thumb-button.tsx';
import { useIsNarrow } from '../../parts/use-is-narrow.ts';
import { useMay, useMe } from '../../queries/me.ts';
import { useDealTexts } from '../../texts/deals/index.ts';
import { RecordPicker } from '../../parts/fields/record-picker.tsx';
import css from './deals.module.css';
import { DEALS } from './deal.ts';
import { openNewDeal } from './new/open.ts';
import { keepPipeline, usePipelines } from './use-pipelines.ts';
import { useDealSearch, type DealSearch } from './use-deal-search.ts';

const CURRENT = { 'aria-current': 'page' } as const;

/** What stands above every form of the deals: what they come to, and a new one. */
export function DealsHead({ totals, past = false }: { totals?: ReactNode; past?: boolean }) {
  const [t, may, narrow] = [useDealTexts(), useMay(), useIsNarrow()];
  return (
    <div className={css.head}>
      {totals && (
        // What is scrolled sideways on a phone can be reached by keys there.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.totals} role="group" aria-label={t('totals')} tabIndex={narrow ? 0 : undefined}>
          {totals}
        </div>
      )}
      {!past && may('create', DEALS) && <ThumbButton label={t('new')} onClick={() => openNewDeal({})} />}
      {!past && may('create', DEALS) && !narrow && (
        <span className="end">
          <Button
            variant="filled"
            leftSection={<Icon name="plus" />}
            rightSection={<kbd className="on-accent">{'D'}</kbd>}
            onClick={() => openNewDeal({})}
          >
            {t('new')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** Board, list or calendar. What they have in common goes along. */
export function DealForms() {
  const t = useDealTexts();
  const [{ pipeline, owner }] = useDealSearch();
  const search: DealSearch = { pipeline, owner };
  return (
    <nav className={css.forms} aria-label={t('forms')}>
      <Link to="/deals/board" search={search} activeOptions={{ includeSearch: false }} activeProps={CURRENT}>
        {t('board')}
      </Link>
      <Link to="/deals/list" activeOptions={{ includeSearch: false }} activeProps={CURRENT}>
        {t('list')}
      </Link>
      <Link to="/deals/calendar" search={search} activeOptions={{ includeSearch: false }} activeProps={CURRENT}>
        {t('calendar')}
      </Link>
    </nav>
  );
}

/** Which pipeline; nothing where there is but one. */
export function PipelineSelect({ value }: { value: string | undefined }) {
  const t = useDealTexts();
  const [, change] = useDealSearch();
  const pipelines = usePipelines();
  if (pipelines.length < 2) return null;
  return (
    <Select
      aria-label={t('pipeline')}
      w={190}
      data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      allowDeselect={false}
      onChange={(id) => {
        if (!id) return;
        keepPipeline(id);
        change({ pipeline: id, stage: undefined });
      }}
    />
  );
}

/** Whose deals: everybody's, one's own, or somebody's. */
export function OwnerSelect() {
  const [t, me] = [useDealTexts(), useMe()];
  const [{ owner }, change] = useDealSearch();
  return (
    <span className="row">
      <Button
        variant={owner === me.id ? 'light' : 'default'}
        aria-pressed={owner === me.id}
        onClick={() => change({ owner: owner === me.id ? undefined : me.id })}
      >
        {t('mine')}
      </Button>
      <span style={{ width: 150 }}>
        <RecordPicker
          kind="workspace.user"
          ariaLabel={t('owner')}
          placeholder={t('allOwners')}
          value={owner === me.id ? undefined : owner}
          clearable
          onChange={(id) => change({ owner: id })}
        />
      </span>
    </span>
  );
}
