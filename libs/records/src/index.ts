export * from './channels.ts';
export * from './country.ts';
export * from './nearest.ts';
export * from './text.ts';
