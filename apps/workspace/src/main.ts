import { run } from '#service';
import { besideWorkspace } from './issuer/beside.ts';
import { WorkspaceModule } from './workspace.module.ts';

await run(WorkspaceModule, besideWorkspace);
