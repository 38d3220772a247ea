export type Stage = { stageId: string; name: string; probability: number; retired: boolean };

export type StageChange =
  | { what: 'added' | 'retired' | 'back'; stage: string }
  | { what: 'renamed'; from: string; to: string }
  | { what: 'likely'; stage: string; from: number; to: number }
  | { what: 'ordered'; stages: string[] };

/** What became of a pipeline's stages, stage by stage; their order only where it changed among those that stayed. */
export function stageChanges(from: readonly Stage[], to: readonly Stage[]): StageChange[] {
  const changes = to.flatMap((stage): StageChange[] => {
    const was = from.find(({ stageId }) => stageId === stage.stageId);
    if (!was) return [{ what: 'added', stage: stage.name }];
    return [
      ...(was.name === stage.name ? [] : [{ what: 'renamed' as const, from: was.name, to: stage.name }]),
      ...(was.probability === stage.probability
        ? []
        : [{ what: 'likely' as const, stage: stage.name, from: was.probability, to: stage.probability }]),
      ...(was.retired === stage.retired ? [] : [{ what: stage.retired ? ('retired' as const) : ('back' as const), stage: stage.name }]),
    ];
  });
  const used = (stages: readonly Stage[], other: readonly Stage[]) =>
    stages.filter((stage) => !stage.retired && other.some(({ stageId, retired }) => stageId === stage.stageId && !retired));
  const [before, after] = [used(from, to), used(to, from)];
  const same = before.every(({ stageId }, at) => after[at]?.stageId === stageId);
  return same ? changes : [...changes, { what: 'ordered', stages: to.filter(({ retired }) => !retired).map(({ name }) => name) }];
}
