import { Id, Instant, on, Optional, projection, Ref, start, Text } from '#model';
import { TeamChanged, TeamCreated } from '#events/workspace/team';
import { nameKey } from '#records';

export const teamRow = projection(
  'workspace.team-row',
  { id: Id, name: Text, nameKey: Text, parentId: Optional(Ref('workspace.team')), externalId: Optional(Text), createdAt: Instant },
  {
    version: 1,
    access: 'everyone',
    inner: ['nameKey'],
    indexes: [['name'], ['parentId', 'name'], ['externalId'], ['nameKey'], ['createdAt']],
    words: ['name'],
  },
  start(TeamCreated, (e) => ({ ...e.data, id: e.recordId, nameKey: nameKey(e.data.name), createdAt: e.at })),
  on(TeamChanged, (row, e) => {
    const changed = TeamChanged.apply(row, e);
    return { ...changed, nameKey: nameKey(changed.name) };
  }),
);
