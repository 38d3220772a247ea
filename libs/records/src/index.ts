export * from './cells.ts';
export * from './channels.ts';
export * from './columns.ts';
export * from './country.ts';
export * from './csv.ts';
export * from './nearest.ts';
export * from './text.ts';
