import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { AnalyticsModule } from '#apps/analytics';
import { ContactsModule } from '#apps/contacts';
import { SalesModule } from '#apps/sales';
import { roleRow, teamRow, tenantRow, userRow, WorkspaceModule } from '#apps/workspace';
import type { AccessRows } from '#service';

/** Every service of this process. */
export const MODULES: Type[] = [WorkspaceModule, ContactsModule, SalesModule, AnalyticsModule];
/** The logs there are: one per service. */
export const LOGS = ['workspace', 'contacts', 'sales', 'analytics'];

/** Who may do what, as workspace's own views have it. */
export const WORKSPACE_ROWS: AccessRows = { users: userRow, teams: teamRow, roles: roleRow, tenants: tenantRow };
