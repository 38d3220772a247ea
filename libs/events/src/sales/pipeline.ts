import { changed, defineEvent, Flag, Id, lifecycle, List, Struct, Text, Whole } from '#model';

/** `probability` in per cent, 0 to 100. A retired stage takes no further deals. */
export const StageShape = Struct({ stageId: Id, name: Text, probability: Whole, retired: Flag });
const fields = { name: Text, stages: List(StageShape), isDefault: Flag };
export const PipelineCreated = defineEvent('sales.pipeline.created', fields);
export const PipelineChanged = changed('sales.pipeline.changed', fields);
export const [PipelineRemoved, PipelineRestored, PipelineErased] = lifecycle('sales.pipeline');
