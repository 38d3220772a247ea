// What a container runs: `node deploy/service.mjs sales`. Any of the processes, by the name of its folder under apps/; what follows the name is for it.
import { existsSync, readdirSync } from 'node:fs';

const apps = new URL('../dist/apps/', import.meta.url);
const mainOf = (name) => new URL(`${name}/src/main.js`, apps);
const [name = ''] = process.argv.splice(2, 1);
if (/^[a-z][a-z-]*$/.test(name) && existsSync(mainOf(name))) await import(mainOf(name).href);
else {
  const known = readdirSync(apps).filter((one) => existsSync(mainOf(one)));
  console.error(`${name ? `There is no ${name}` : 'Say what to run'}: ${known.join(', ')}.`);
  process.exitCode = 64; // EX_USAGE of sysexits.h
}
