import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './files.ts';

it('pages show the code that is tested, and the catalogues what there is', () => {
  const { stderr, status } = spawnSync(process.execPath, [join(root, 'tools', 'docs.mjs'), '--check'], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
