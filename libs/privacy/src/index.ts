export * from './keys.ts';
export * from './seal.ts';
export * from './sealed-cursors.ts';
export * from './sealed-files.ts';
