import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { Commands, context, Views } from '#service';
import { ChangeTenant } from './tenant.commands.ts';
import { tenant } from './tenant.ts';
import { tenantRow } from './tenant-row.ts';

/** The tenant's own settings; there is one, and it is the caller's. */
@Controller('settings')
export class SettingsController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  one() {
    return this.views.get(tenantRow, context().tenant);
  }

  @Patch()
  change(@Body() body: ChangeTenant) {
    return this.commands.run(tenant, context().tenant, 'change', body);
  }
}
