import { build } from './build.mjs';
import { buildWeb } from './build-web.mjs';

/** Jest's global set-up for tests that start threads or processes from dist/. A file that does not compile is named, and absent there. */
export default async function () {
  const { errors } = await build();
  const pages = await buildWeb();
  for (const error of [...errors, ...pages.errors]) console.error(`dist/ lacks ${error}`);
}
