/** What a field of a view holds. `of`: the kind of record it names. `filter`: whether lists can be filtered and sorted by it. */
export type Field =
  /** `usual`: values to offer; others are taken, too. */
  (
    | { kind: 'text'; usual?: readonly string[] }
    | { kind: 'number' | 'flag' | 'day' | 'instant' | 'money' | 'sums' | 'tags' | 'list' | 'bag' }
    /** `labels`: what its options are called, where they are no words of ours. */
    | { kind: 'choice'; options: readonly string[]; labels?: Readonly<Record<string, string>> }
    | { kind: 'ref' | 'refs'; of: string }
  ) & { filter?: true };

export type View = { search: boolean; fields: Readonly<Record<string, Field>> };
