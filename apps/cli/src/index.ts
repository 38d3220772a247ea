export { runCli } from './cli.ts';
export { EXIT } from './fault.ts';
export { httpClient } from './client.ts';
export { loadDemo } from './commands/demo.ts';
