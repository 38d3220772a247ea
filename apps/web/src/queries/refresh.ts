import { queryClient } from './client.ts';

/** Asks again for everything that is shown of these kinds: after an act of one's own that changed them. */
export const refresh = (...kinds: readonly string[]): Promise<void> =>
  queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.some((kind) => kinds.includes(kind)) === true });
