export { servedDocument } from './document.ts';
