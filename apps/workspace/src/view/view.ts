import { act, create, decider, fold, on, start } from '#model';
import { ViewChanged, ViewCreated } from '#events/workspace/view';
import { cleanText } from '#records';
import { ChangeView, CreateView } from './view.commands.ts';

export type View = Parameters<typeof ViewCreated>[0];

const evolve = fold<View>(
  start(ViewCreated, (e) => e.data),
  on(ViewChanged, (view, e) => ViewChanged.apply(view, e)),
);

/** A list as somebody looks at it, kept under a name: whoever made it changes it; others see it where it is shared. */
export const view = decider('workspace.view', evolve, {
  create: create(
    CreateView,
    (command, { actor }) => ViewCreated({ columns: [], shared: false, ...command, name: cleanText(command.name), ownerId: actor }),
    { undo: 'remove' },
  ),
  change: act(
    ChangeView,
    (view, patch) =>
      ViewChanged.between(view, {
        ...patch,
        ...(patch.name === undefined ? {} : { name: cleanText(patch.name) }),
        ...(patch.columns === null ? { columns: [] } : {}),
      }),
    { undo: 'change' },
  ),
});
