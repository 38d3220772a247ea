export { DemoDesk } from './demo.ts';
export { OWN_DOCUMENT, servedDocument } from './document.ts';
export { MODULES } from './services.ts';
