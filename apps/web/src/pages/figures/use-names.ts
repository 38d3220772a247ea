import { useManyNames } from '../../queries/names.ts';
import { useFiguresTexts } from '../../texts/figures/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';

const NONE = 'none';

/** What the groups of figures are called: records by their names, those without by saying so. */
export function useNames(kind: string, ids: readonly string[]): (id: string) => string {
  const [t, parts] = [useFiguresTexts(), usePartTexts()];
  const asked = ids.filter((id) => id !== NONE);
  const found = useManyNames(kind, asked);
  const names = new Map(asked.map((id, at) => [id, found[at]]));
  return (id) => {
    if (id === NONE) return t('without');
    const name = names.get(id);
    return name === undefined ? parts('loading') : (name ?? parts('unseen'));
  };
}
