import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { AnalyticsModule } from '#apps/analytics';
import { ContactsModule } from '#apps/contacts';
import { SalesModule } from '#apps/sales';
import { WorkspaceModule } from '#apps/workspace';

/** Every service of this process. */
export const MODULES: Type[] = [WorkspaceModule, ContactsModule, SalesModule, AnalyticsModule];
/** The tenant of an installation that has one. */
export const TENANT = 'main';
