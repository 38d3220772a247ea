import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Count, List, OneOf, Optional, Struct, Text, type Static } from '#model';
import { context, Problem } from '#service';

/** What the sample data is loaded into, in this order. */
const RESOURCES = ['users', 'products', 'accounts', 'contacts', 'opportunities'];

/** How loading the sample data goes: a step per file, in their order. */
export const DemoProgress = Struct({
  status: OneOf('none', 'loading', 'done', 'failed'),
  steps: List(Struct({ resource: Text, rows: Count, row: Count })),
  problem: Optional(Text),
});
export type DemoProgress = Static<typeof DemoProgress>;

/** Loads the sample data as this user, over the same addresses anybody loads files by; `moved` hears how far it has come. */
export type LoadDemo = (user: string, moved: (resource: string, row: number, rows: number) => void) => Promise<void>;

/**
 * The sample data on demand. Where a process ends in the middle, what was loaded stays, and asking again loads the rest: every file recognises its
 * own records.
 */
export class DemoDesk {
  private progress: DemoProgress = { status: 'none', steps: [] };

  constructor(private readonly load: LoadDemo) {}

  shown(): DemoProgress {
    return this.progress;
  }

  /** Begins, unless it is under way. */
  begin(user: string): DemoProgress {
    if (this.progress.status === 'loading') return this.progress;
    const progress: DemoProgress = { status: 'loading', steps: RESOURCES.map((resource) => ({ resource, rows: 0, row: 0 })) };
    this.progress = progress;
    const moved = (resource: string, row: number, rows: number) =>
      Object.assign(progress.steps.find((step) => step.resource === resource) ?? {}, { row, rows });
    this.load(user, moved).then(
      () => (progress.status = 'done'),
      (error: Error) => Object.assign(progress, { status: 'failed', problem: error.message }),
    );
    return progress;
  }
}

/** For whoever may do everything: it makes people, records and deals. */
@Controller('demo')
export class DemoController {
  constructor(@Inject(DemoDesk) private readonly desk: DemoDesk) {}

  @Get()
  one(): DemoProgress {
    mayLoad();
    return this.desk.shown();
  }

  @Post()
  @HttpCode(202)
  begin(): DemoProgress {
    mayLoad();
    return this.desk.begin(context().actor);
  }
}

/** @throws Problem 403 unless the caller may manage every service and import into it, for the whole tenant */
function mayLoad(): void {
  const { permissions } = context();
  for (const service of ['workspace', 'contacts', 'sales'])
    for (const ability of ['manage', 'create', 'import'])
      if (!permissions.may(ability, service)?.all)
        throw new Problem(403, 'forbidden', 'You may not load the sample data.', { rule: permissions.why(ability, service) });
}
