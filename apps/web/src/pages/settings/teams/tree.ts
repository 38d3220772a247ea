type Part = { id: string; parentId?: string };
export type Branch<T> = { team: T; below: Branch<T>[] };

/** Teams as a tree. Where they go round in a circle, or name one that is not there, they stand at the top: none is lost. */
export function treeOf<T extends Part>(teams: readonly T[]): Branch<T>[] {
  const known = new Set(teams.map(({ id }) => id));
  const placed = new Set<string>();
  const branch = (team: T): Branch<T> => {
    placed.add(team.id);
    return { team, below: teams.filter(({ id, parentId }) => parentId === team.id && !placed.has(id)).map(branch) };
  };
  const top = teams.filter(({ parentId }) => parentId === undefined || !known.has(parentId)).map(branch);
  const circle = teams.flatMap((team) => (placed.has(team.id) ? [] : [branch(team)]));
  return [...top, ...circle];
}

/** Every team of a branch but its own. */
export const belowOf = <T>({ below }: Branch<T>): T[] => below.flatMap((one) => [one.team, ...belowOf(one)]);
