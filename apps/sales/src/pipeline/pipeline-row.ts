import { Flag, Id, List, on, projection, start, Text } from '#model';
import { PipelineChanged, PipelineCreated, StageShape } from '#events/sales/pipeline';
import { nameKey } from '#records';

export const pipelineRow = projection(
  'sales.pipeline-row',
  { id: Id, name: Text, nameKey: Text, stages: List(StageShape), isDefault: Flag },
  { version: 1, access: 'everyone', inner: ['nameKey'], indexes: [['name'], ['nameKey'], ['isDefault']], words: ['name'] },
  start(PipelineCreated, (e) => ({ ...e.data, id: e.recordId, nameKey: nameKey(e.data.name) })),
  on(PipelineChanged, (row, e) => {
    const changed = PipelineChanged.apply(row, e);
    return { ...changed, nameKey: nameKey(changed.name) };
  }),
);
