export * from './keys.ts';
export * from './seal.ts';
