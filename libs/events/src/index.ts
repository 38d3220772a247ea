/** The published language: loading this defines every event of every service. */
export * from './batch.ts';
export * from './erasure.ts';
export * from './refusals.ts';
export * from './services.ts';
export * from './tells.ts';
export * from './contacts/account.ts';
export * from './contacts/activity.ts';
export * from './contacts/contact.ts';
export * from './sales/opportunity.ts';
export * from './sales/pipeline.ts';
export * from './sales/product.ts';
export * from './workspace/api-key.ts';
export * from './workspace/role.ts';
export * from './workspace/team.ts';
export * from './workspace/tenant.ts';
export * from './workspace/user.ts';
export * from './workspace/view.ts';
