export { pipeline } from './pipeline/pipeline.ts';
export { SalesModule } from './sales.module.ts';
