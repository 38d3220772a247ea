import { Flag, Id, List, on, projection, start, Text } from '#model';
import { PipelineChanged, PipelineCreated, StageShape } from '#events/sales/pipeline';

export const pipelineRow = projection(
  'sales.pipeline-row',
  { id: Id, name: Text, stages: List(StageShape), isDefault: Flag },
  { version: 1, access: 'everyone', indexes: [['name'], ['isDefault']], words: ['name'] },
  start(PipelineCreated, (e) => ({ ...e.data, id: e.recordId })),
  on(PipelineChanged, (row, e) => PipelineChanged.apply(row, e)),
);
