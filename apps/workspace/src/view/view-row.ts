import { Flag, Id, Instant, List, on, Optional, personal, projection, Ref, start, Text } from '#model';
import { ViewChanged, ViewColumn, ViewCreated } from '#events/workspace/view';

/** Saved views as lists offer them. A shared one is nobody's in particular, and so everybody's to see; `madeBy` says whose it is to change. */
export const viewRow = projection(
  'workspace.view-row',
  {
    id: Id,
    name: Text,
    of: Text,
    ownerId: Optional(Ref('workspace.user')),
    madeBy: Ref('workspace.user'),
    shared: Flag,
    filter: Optional(personal(Text)),
    search: Optional(personal(Text)),
    sort: Optional(Text),
    columns: List(ViewColumn),
    createdAt: Instant,
  },
  { version: 1, access: 'owner', indexes: [['of', 'name'], ['name'], ['ownerId', 'name'], ['createdAt']] },
  start(ViewCreated, (e) => owned({ ...e.data, id: e.recordId, madeBy: e.data.ownerId, createdAt: e.at })),
  on(ViewChanged, (row, e) => owned(ViewChanged.apply(row, e))),
);

const owned = <R extends { shared: boolean; madeBy: string }>(row: R): R & { ownerId?: string } => ({
  ...row,
  ownerId: row.shared ? undefined : row.madeBy,
});
