type Waiting<V> = { resolve: (value: V | undefined) => void; reject: (error: unknown) => void };

/**
 * Answers single questions together with all others of their group that are asked at the same time.
 *
 * @param ask what is known of so many ids of a group, by id; @param most how many at once
 */
export function batched<G extends string, V>(ask: (group: G, ids: readonly string[]) => Promise<ReadonlyMap<string, V>>, most: number) {
  const waiting = new Map<G, Map<string, Waiting<V>[]>>();

  async function answer(group: G): Promise<void> {
    const batch = waiting.get(group)!;
    waiting.delete(group);
    const ids = [...batch.keys()];
    for (let from = 0; from < ids.length; from += most) {
      const part = ids.slice(from, from + most);
      try {
        const found = await ask(group, part);
        for (const id of part) for (const { resolve } of batch.get(id)!) resolve(found.get(id));
      } catch (error) {
        for (const id of part) for (const { reject } of batch.get(id)!) reject(error);
      }
    }
  }

  return (group: G, id: string): Promise<V | undefined> =>
    new Promise((resolve, reject) => {
      let batch = waiting.get(group);
      if (!batch) {
        waiting.set(group, (batch = new Map()));
        setTimeout(() => void answer(group), 0);
      }
      batch.set(id, [...(batch.get(id) ?? []), { resolve, reject }]);
    });
}

/** A filter that finds these records. */
export const idIn = (ids: readonly string[]): string => `id in (${ids.map((id) => JSON.stringify(id)).join(', ')})`;
