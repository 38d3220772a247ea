import { changed, defineEvent, lifecycle, Optional, Ref, Text } from '#model';

const fields = { name: Text, parentId: Optional(Ref('workspace.team')), externalId: Optional(Text) };
export const TeamCreated = defineEvent('workspace.team.created', fields);
export const TeamChanged = changed('workspace.team.changed', fields);
export const [TeamRemoved, TeamRestored, TeamErased] = lifecycle('workspace.team');
