import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { ListFresh, ListHead, ListTable, useListed } from './listed.tsx';
import { type Kind } from '../../api/kinds.ts';
import { useMay, useMe } from '../../queries/me.ts';
import { usePaletteActions } from '../../shell/palette/open.ts';
import { visited } from '../../shell/palette/recent.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { useFieldTexts } from '../filter/use-sentence.tsx';
import { Page } from '../page.tsx';
import { useRecordPath } from '../record-name.tsx';
import type { Column, Layout } from '../table/columns.ts';
import { BinActs } from './bin-acts.tsx';
import { BulkActs } from './bulk-acts.tsx';
import type { EditableField } from './field-dialog.tsx';
import { useEditRow } from './use-edit-row.ts';
import { type UsualView } from './use-list-state.ts';
import { ThumbButton } from '../thumb-button.tsx';
import type { ListWords } from './words.ts';

type Row = { id: string; name: string };

/**
 * A list of records as a page: views, filters, columns, editing in place, many at once, making one in a drawer.
 *
 * `further`: views that are always there besides all, mine and those changed last. `bulk`: what can be set for many. `createKey`: the key that makes
 * one. `create`: the drawer for it. `card`: a row on a phone.
 */
export function RecordList<R extends Row>({
  kind,
  words: t,
  columns,
  layout,
  further = [],
  bulk,
  createKey,
  create: Create,
  card,
}: {
  kind: Kind;
  words: ListWords;
  columns: readonly Column<R>[];
  layout: Layout;
  further?: readonly UsualView[];
  bulk: readonly EditableField[];
  createKey?: string;
  create: (props: { opened: boolean; onClose: () => void }) => ReactNode;
  card: (row: R) => ReactNode;
}) {
  const [me, may] = [useMe(), useMay()];
  const [fieldOf, pathOf] = [useFieldTexts(), useRecordPath()];
  const usual = useMemo(
    () => [
      { id: 'all', name: t('viewAll'), sort: 'name' },
      { id: 'mine', name: t('viewMine'), filter: `ownerId eq ${JSON.stringify(me.id)}`, sort: 'name' },
      ...further,
      { id: 'recent', name: t('viewRecent'), sort: '-changedAt' },
    ],
    [t, me.id, further],
  );
  const listed = useListed(kind, usual, layout);
  const { asked } = listed.state;
  const edit = useEditRow(kind, (field, name) => t('fieldChanged', { field: fieldOf(field), name }));
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();

  const create = may('create', kind) ? () => setMaking(true) : undefined;
  const open = (row: R) => {
    const path = pathOf(kind, row.id);
    visited(kind, row.id);
    if (path) void navigate({ to: path });
  };
  useShortcuts(create && createKey ? [{ keys: createKey, run: create, says: t('new') }] : []);
  usePaletteActions(create ? [{ id: `new-${kind}`, text: t('new'), icon: 'plus', keys: createKey, run: create }] : []);

  const rows = listed.list.rows as unknown as R[];
  // In the bin records are as they were by themselves, without what others say of them.
  const known = asked.removed ? columns.filter(({ field }) => field === 'name' || rows.some((row) => field in row)) : columns;
  const isFresh = asked.filter === undefined && asked.search === undefined;
  return (
    <Page title={t('title')} fill>
      <ListHead of={listed} words={t} create={create} createKey={createKey} />
      <ListTable
        of={listed}
        label={t('title')}
        rows={rows}
        words={t}
        columns={known}
        onOpen={open}
        onEdit={may('change', kind) ? edit : undefined}
        card={card}
        fresh={isFresh && <ListFresh kind={kind} words={t} create={create} />}
      />
      {asked.removed ? <BinActs {...listed.chosen} /> : <BulkActs words={t} fields={bulk} {...listed.chosen} />}
      {create && <ThumbButton label={t('new')} onClick={create} />}
      <Create opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}
