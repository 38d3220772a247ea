import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { Commands, Views } from '#service';
import { ChangeTenant } from './tenant.commands.ts';
import { tenant, TENANT_ID } from './tenant.ts';
import { tenantRow } from './tenant-row.ts';

@Controller('tenant')
export class TenantController {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Views) private readonly views: Views,
  ) {}

  @Get()
  settings() {
    return this.views.get(tenantRow, TENANT_ID);
  }

  @Patch()
  change(@Body() body: ChangeTenant) {
    return this.commands.run(tenant, TENANT_ID, 'change', body);
  }
}
