import { run } from '#service';
import { SalesModule } from './sales.module.ts';

await run(SalesModule);
