import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { someQuery } from '../../queries/lists.ts';
import { is, type Pipeline, type Stage } from './deal.ts';

const KEY = 'rapport.pipeline';
const none: readonly Pipeline[] = [];

export const usePipelines = (): readonly Pipeline[] => useQuery(someQuery('sales.pipeline', { sort: 'name' }, 100)).data ?? none;

/**
 * The pipeline whose deals are shown: as the address says it, else the one looked at last on this device, else the usual one; where that has no open
 * deals, the one that somebody worked in last. Undefined until it is known.
 */
export function usePipeline(asked: string | undefined): Pipeline | undefined {
  const pipelines = usePipelines();
  const kept = asked ?? localStorage.getItem(KEY) ?? undefined;
  const named = pipelines.find(({ id }) => id === kept);
  const usual = pipelines.find(({ isDefault }) => isDefault) ?? pipelines[0];
  const [first, last] = [
    useQuery({
      ...someQuery('sales.opportunity', { filter: `${is('pipelineId', usual?.id ?? '')} and open eq true` }, 1),
      enabled: !named && !!usual,
    }),
    useQuery({ ...someQuery('sales.opportunity', { filter: 'open eq true', sort: '-changedAt' }, 1), enabled: !named && !!usual }),
  ];
  if (named) return named;
  if (!first.data || !last.data) return undefined;
  if (first.data.length > 0) return usual;
  return pipelines.find(({ id }) => id === last.data[0]?.pipelineId) ?? usual;
}

/** The pipeline somebody chose to look at, for the next time. */
export const keepPipeline = (id: string): void => localStorage.setItem(KEY, id);

/** A stage of whichever pipeline, by its id. */
export function useStage(): (stageId: string) => (Stage & { pipeline: Pipeline }) | undefined {
  const pipelines = usePipelines();
  const stages = useMemo(
    () => new Map(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => [stage.stageId, { ...stage, pipeline }]))),
    [pipelines],
  );
  return (stageId) => stages.get(stageId);
}
