export * from './layout.ts';
export * from './identity.ts';
