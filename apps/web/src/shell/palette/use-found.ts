import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Kind } from '../../api/kinds.ts';
import type { IconName } from '../../parts/icon.tsx';
import { someQuery } from '../../queries/lists.ts';
import { useMay } from '../../queries/me.ts';
import type shell from '../../texts/shell/en.ts';
import type { PlainKey } from '../../texts/texts.ts';

/** Kinds that are searched, in the order their groups stand. `about`: what is said beside the name. */
const SEARCHED: readonly {
  kind: Kind;
  group: PlainKey<typeof shell>;
  icon: IconName;
  about: (doc: Doc) => string | undefined;
  refers?: (doc: Doc) => { kind: string; id?: string };
}[] = [
  { kind: 'contacts.account', group: 'accounts', icon: 'building', about: ({ sector }) => sector },
  {
    kind: 'contacts.contact',
    group: 'contacts',
    icon: 'person',
    about: ({ jobTitle }) => jobTitle,
    refers: ({ accountId }) => ({ kind: 'contacts.account', id: accountId }),
  },
  {
    kind: 'sales.opportunity',
    group: 'deals',
    icon: 'deal',
    about: () => undefined,
    refers: ({ accountId }) => ({ kind: 'contacts.account', id: accountId }),
  },
  { kind: 'sales.product', group: 'products', icon: 'product', about: ({ code }) => code },
  { kind: 'workspace.user', group: 'colleagues', icon: 'users', about: ({ email }) => email },
];

type Doc = { id: string; name: string; sector?: string; jobTitle?: string; code?: string; email?: string; accountId?: string };
export type Found = {
  kind: Kind;
  group: PlainKey<typeof shell>;
  icon: IconName;
  id: string;
  name: string;
  about?: string;
  refers?: { kind: string; id?: string };
};

const EACH = 5;
const REST = 120;

/** Records of every kind whose words begin with what is typed, in any script; asked for when typing rests. */
export function useFound(typed: string): { found: Found[]; busy: boolean; text: string } {
  const may = useMay();
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), REST);
    return () => clearTimeout(timer);
  }, [typed]);
  const kinds = SEARCHED.filter(({ kind }) => may('read', kind));
  return useQueries({
    queries: kinds.map(({ kind }) => ({ ...someQuery(kind, { search: text }, EACH), enabled: text !== '', staleTime: 10_000 })),
    combine: (answers) => ({
      text,
      busy: typed.trim() !== text || answers.some(({ isFetching }) => isFetching),
      found: answers.flatMap(({ data }, at) =>
        text === ''
          ? []
          : ((data ?? []) as unknown as Doc[]).map((doc): Found => {
              const { kind, group, icon, about, refers } = kinds[at]!;
              return { kind, group, icon, id: doc.id, name: doc.name, about: about(doc), refers: refers?.(doc) };
            }),
      ),
    }),
  });
}
