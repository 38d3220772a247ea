import type { Schemas } from '../../api/schema.ts';
import { useFormat } from '../../format/use-format.ts';
import { useGrantTexts } from '../../texts/grants/index.ts';

export type Grant = Schemas['workspace.GrantForm'];

/** What an ability, or what it is on, is called; what a later service brings keeps the name it has. */
export function useGrantWords(): { can: (ability: string) => string; on: (what: string) => string } {
  const t = useGrantTexts();
  return {
    can: (ability) => (ability === '*' ? t('can_all') : (t.find(`can_${ability}`) ?? ability)),
    on: (what) => (what === '*' ? t('on_all') : (t.find(`on_${what}`) ?? what)),
  };
}

/** A grant as a sentence: "May read, create, change in deals, own records". */
export function useGrantSentence(): (grant: Grant) => string {
  const [t, format, words] = [useGrantTexts(), useFormat(), useGrantWords()];
  return ({ can, on, reach }) => {
    if (can.includes('*') && on.includes('*') && reach === 'all') return t('everything');
    if (can.length === 1 && can[0] === 'profile') return t('profileOnly');
    return t('sentence', {
      can: format.list(can.map(words.can)),
      on: format.list(on.map(words.on)),
      reach: t(`reach_${reach}`),
    });
  };
}
