import { run } from '#service';
import { AnalyticsModule } from './analytics.module.ts';

await run(AnalyticsModule);
