import { changed, Count, defineEvent, Flag, lifecycle, List, Optional, personal, Ref, Struct, Text } from '#model';

/** A column of a list: which field, and how wide in pixels where that was chosen. */
export const ViewColumn = Struct({ field: Text, width: Optional(Count) });
/**
 * How somebody looks at a list. `of`: the kind of record. `filter`, `sort`: as lists take them. What is filtered by may be a name: it is sealed like
 * any other personal text.
 */
const fields = {
  name: Text,
  of: Text,
  ownerId: Ref('workspace.user'),
  shared: Flag,
  filter: Optional(personal(Text)),
  search: Optional(personal(Text)),
  sort: Optional(Text),
  columns: List(ViewColumn),
};
export const ViewCreated = defineEvent('workspace.view.created', fields);
export const ViewChanged = changed('workspace.view.changed', fields);
export const [ViewRemoved, ViewRestored, ViewErased] = lifecycle('workspace.view');
