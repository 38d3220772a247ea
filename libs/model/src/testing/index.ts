export * from './fixtures.ts';
export * from './spec.ts';
export * from './view-spec.ts';
