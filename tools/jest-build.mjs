import { build } from './build.mjs';

/** Jest's global set-up for tests that start threads or processes from dist/. A file that does not compile is named, and absent there. */
export default async function () {
  const { errors } = await build();
  for (const error of errors) console.error(`dist/ lacks ${error}`);
}
