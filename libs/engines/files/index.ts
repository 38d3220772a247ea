export * from './folder.ts';
export * from './port.ts';
