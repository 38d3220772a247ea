import { Id, Instant, on, Optional, projection, Ref, start, Text } from '#model';
import { TeamChanged, TeamCreated } from '#events/workspace/team';

export const teamRow = projection(
  'workspace.team-row',
  { id: Id, name: Text, parentId: Optional(Ref('workspace.team')), externalId: Optional(Text), createdAt: Instant },
  { version: 1, access: 'everyone', indexes: [['name'], ['parentId', 'name'], ['externalId'], ['createdAt']], words: ['name'] },
  start(TeamCreated, (e) => ({ ...e.data, id: e.recordId, createdAt: e.at })),
  on(TeamChanged, (row, e) => TeamChanged.apply(row, e)),
);
