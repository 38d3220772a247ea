export { SalesModule } from './sales.module.ts';
