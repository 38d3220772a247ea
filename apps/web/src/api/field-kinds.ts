/**
 * What a field of a view holds. `of`: the kind of record it names. `filter`: whether lists can be filtered and sorted by it. `usual`: values to offer, where
 * others are taken, too. `labels`: what options are called, where they are no words of ours.
 */
export type Field = (
  | { kind: 'text'; usual?: readonly string[] }
  | { kind: 'number' | 'flag' | 'day' | 'instant' | 'money' | 'sums' | 'tags' | 'list' | 'bag' }
  | { kind: 'choice'; options: readonly string[]; labels?: Readonly<Record<string, string>> }
  | { kind: 'ref' | 'refs'; of: string }
) & { filter?: true };

export type View = { search: boolean; fields: Readonly<Record<string, Field>> };
