export { runCli } from './cli.ts';
export { EXIT } from './fault.ts';
